"""An answer that goes on after it has begun holds what it holds for hours: one place makes them, no other."""

import re

from tests.architecture import source

GOES_ON = re.compile(r"StreamingHttpResponse|FileResponse")
MAY = {"site/streams.py", "site/asgi.py"}  # the second only names it


def streaming(package) -> set[str]:
    return {
        path.relative_to(package).as_posix()
        for path in source.modules(package)
        if GOES_ON.search(path.read_text(encoding="utf-8"))
    }


def test_nothing_else_streams():
    assert streaming(source.PACKAGE) == MAY
    assert "HttpResponse(" not in (source.PACKAGE / "site/asgi.py").read_text(encoding="utf-8")


def test_another_stream_would_be_noticed(tmp_path):
    (tmp_path / "planted.py").write_text("return StreamingHttpResponse(rows)\n")
    assert streaming(tmp_path) == {"planted.py"}


def test_the_stream_is_made_outside_of_what_holds_a_page_together():
    """A page may be made inside one transaction; a stream would keep it open for hours."""
    import inspect

    from nowrongdoor.site import live

    assert inspect.iscoroutinefunction(live.live)
    assert "atomic" not in inspect.getsource(live) and "reading" not in inspect.getsource(live)
