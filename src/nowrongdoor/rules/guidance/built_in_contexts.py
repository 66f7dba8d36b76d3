"""Built-in functions about contexts."""

from typing import Any

from nowrongdoor.rules.guidance.calling import built_in


@built_in("get value", "m:c", "key:s")
def get_value(context: dict[str, Any], key: str) -> Any:
    return context.get(key)


@built_in("get value", "m:c", "keys:l")
def get_value_within(context: Any, keys: list[Any]) -> Any:
    for key in keys:
        context = context.get(key) if type(context) is dict and type(key) is str else None
    return context


@built_in("get entries", "m:c")
def get_entries(context: dict[str, Any]) -> list[Any]:
    return [{"key": key, "value": value} for key, value in context.items()]


@built_in("context", "entries:l")
def context_of(entries: list[Any]) -> dict[str, Any] | None:
    made: dict[str, Any] = {}
    for entry in entries:
        if type(entry) is not dict or type(entry.get("key")) is not str or "value" not in entry:
            return None
        if entry["key"] in made:
            return None
        made[entry["key"]] = entry["value"]
    return made


@built_in("context put", "context:c", "key:s", "value:a")
def context_put(context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    return {**context, key: value}


@built_in("context put", "context:c", "keys:l", "value:a")
def context_put_within(context: Any, keys: list[Any], value: Any) -> Any:
    if not keys or any(type(key) is not str for key in keys) or type(context) is not dict:
        return None
    first, *rest = keys
    if not rest:
        return {**context, first: value}
    inner = context_put_within(context.get(first), rest, value)
    return None if inner is None else {**context, first: inner}


@built_in("context merge", "contexts*:l")
def context_merge(contexts: list[Any]) -> dict[str, Any] | None:
    if not all(type(one) is dict for one in contexts):
        return None
    return {key: value for one in contexts for key, value in one.items()}
