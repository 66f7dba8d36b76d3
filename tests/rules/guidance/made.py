"""Files of guidance made for a test."""

from xml.sax.saxutils import escape, quoteattr

from nowrongdoor.rules import guidance

SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def file(*elements, space=SPACE):
    inside = "".join(elements)
    return f'<definitions xmlns="{space}" name="made" namespace="urn:made">{inside}</definitions>'


def an_input(name, of=""):
    typed = f' typeRef="{of}"' if of else ""
    return f'<inputData id="in_{name}" name={quoteattr(name)}><variable name={quoteattr(name)}{typed}/></inputData>'


def needs(*names):
    return "".join(
        f'<informationRequirement><requiredInput href="#in_{name}"/></informationRequirement>'
        for name in names
    )


def text(tag, words, **told):
    given = "".join(f" {key}={quoteattr(value)}" for key, value in told.items())
    return f"<{tag}{given}><text>{escape(words)}</text></{tag}>"


def a_decision(name, body, *, rests="", of=""):
    typed = f' typeRef="{of}"' if of else ""
    variable = f"<variable name={quoteattr(name)}{typed}/>"
    return f"<decision id={quoteattr(f'd_{name}')} name={quoteattr(name)}>{variable}{rests}{body}</decision>"


def a_table(inputs, outputs, rows, *, policy="UNIQUE", aggregation=""):
    """`inputs` and `outputs` are (name, type, values) or (name, type, values, otherwise); rows lists of texts."""
    told = f' aggregation="{aggregation}"' if aggregation else ""
    parts = [f'<decisionTable hitPolicy="{policy}"{told}>']
    for name, of, values in inputs:
        allowed = text("inputValues", values) if values else ""
        parts.append(f"<input>{text('inputExpression', name, typeRef=of)}{allowed}</input>")
    for name, of, values, *otherwise in outputs:
        allowed = text("outputValues", values) if values else ""
        default = text("defaultOutputEntry", otherwise[0]) if otherwise else ""
        parts.append(f'<output name={quoteattr(name)} typeRef="{of}">{allowed}{default}</output>')
    for row in rows:
        asked, said = row[: len(inputs)], row[len(inputs) :]
        cells = [text("inputEntry", cell) for cell in asked] + [text("outputEntry", cell) for cell in said]
        parts.append(f"<rule>{''.join(cells)}</rule>")
    return "".join([*parts, "</decisionTable>"])


def a_model(inputs, outputs, rows, *, name="Answer", **told):
    """A file with one decision, which is one table over inputs of the same names."""
    body = a_table(inputs, outputs, rows, **told)
    leaves = [an_input(one, of) for one, of, _ in inputs]
    return guidance.read(file(*leaves, a_decision(name, body, rests=needs(*(one for one, _, _ in inputs)))))


def worked_out(words, **given):
    """What one expression comes to."""
    leaves = [an_input(name) for name in given]
    body = text("literalExpression", words)
    return guidance.read(file(*leaves, a_decision("Answer", body, rests=needs(*given)))).decide(
        "Answer", given
    )
