"""What expressions come to: the language of the standard, a line for each of its habits."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from nowrongdoor.rules.guidance import Unreadable
from nowrongdoor.rules.guidance.built_in_words import written
from nowrongdoor.rules.guidance.stepping import Stepping
from tests.rules.guidance.made import worked_out

COMES_TO = r"""
1+2*3 ==> 7
-2**2 ==> 4
2**3**2 ==> 64
5 between 1 and 10 and true ==> true
5 in (1..5) ==> false
5 in (1..5] ==> true
5 in ]1..5[ ==> false
5 in (<3, >4) ==> true
5 in [1,2,5] ==> true
[1,2,3][2] ==> 2
[1,2,3][-1] ==> 3
[1,2,3][item > 1] ==> [2, 3]
[{a:1,b:2},{a:3,b:4}][a > 1].b ==> [4]
{a b: 1, c: a b + 1}.c ==> 2
for i in 1..3 return i*2 ==> [2, 4, 6]
for i in 3..1, j in [1,2] return i*j ==> [3, 6, 2, 4, 1, 2]
for i in 1..4 return if i = 1 then 1 else partial[-1]*i ==> [1, 2, 6, 24]
some x in [1,2] satisfies x > 1 ==> true
every x in [1,2] satisfies x > 1 ==> false
if null then 1 else 2 ==> 2
substring("foobar", 3) ==> "obar"
substring("foobar", -2, 1) ==> "a"
substring(string: "foobar", start position: 3) ==> "obar"
string length("foo") ==> 3
date("2017-01-01") + duration("P1M") ==> @"2017-02-01"
date("2017-01-31") + duration("P1M") ==> @"2017-02-28"
@"2017-01-03" - @"2017-01-01" ==> @"P2D"
date and time("2012-12-24T23:59:00Z") + duration("PT1M") ==> @"2012-12-25T00:00:00Z"
time("23:59:00") + duration("PT2M") ==> @"00:01:00"
years and months duration(date("2011-12-22"), date("2013-08-24")) ==> @"P1Y8M"
duration("P1Y2M").months ==> 2
duration("PT26H").days ==> 1
@"2020-02-29".weekday ==> 6
day of week(@"2020-02-29") ==> "Saturday"
1 instance of number ==> true
[1,2] instance of list<number> ==> true
{a: 1} instance of context<a: number> ==> true
null instance of number ==> false
(function(x: number, y) x + y)(1, 2) ==> 3
sort([3,1,2], function(x,y) x < y) ==> [1, 2, 3]
contains("foo","o") and not(false) ==> true
max(1,2,3) ==> 3
min([1,2]) ==> 1
count([1,2]) ==> 2
mean([1,2,3]) ==> 2
median(8, 2, 5, 3, 4) ==> 4
stddev(2, 4, 7, 5) ==> 2.081665999466132735282297706979931
mode([6, 1, 9, 6, 1]) ==> [1, 6]
split("John Doe", "\\s") ==> ["John", "Doe"]
replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") ==> "[1=ab][2=]cd"
matches("foobar", "^fo*b") ==> true
decimal(1/3, 2) ==> 0.33
decimal(2.5, 0) ==> 2
floor(-1.5) ==> -2
round half up(5.5, 0) ==> 6
modulo(-12, 5) ==> 3
modulo(12, -5) ==> -3
string(1.10) ==> "1.1"
string(@"2020-01-01") ==> "2020-01-01"
number("1 000,5", " ", ",") ==> 1000.5
concatenate([1],[2,3]) ==> [1, 2, 3]
insert before([1,3], 1, 2) ==> [2, 1, 3]
index of([1,2,3,2], 2) ==> [2, 4]
union([1,2],[2,3]) ==> [1, 2, 3]
flatten([[1,2],[[3]], 4]) ==> [1, 2, 3, 4]
append([1], 2, 3) ==> [1, 2, 3]
get value({a: 1}, "a") ==> 1
get entries({a: 1})[1].key ==> "a"
context([{key: "a", value: 1}]) ==> {a: 1}
context put({x:1}, "y", 2) ==> {x: 1, y: 2}
context merge([{x:1}, {y:2}]) ==> {x: 1, y: 2}
before(1, 10) ==> true
before([1..10], 10) ==> false
meets([1..5],[5..10]) ==> true
overlaps([1..5],[3..8]) ==> true
overlaps before([1..5],[3..8]) ==> true
overlaps after([3..8],[1..5]) ==> true
includes([1..10], 5) ==> true
during(5, [1..10]) ==> true
starts(1, [1..10]) ==> true
finishes(10, [1..10]) ==> true
coincides(5,5) ==> true
[1..10].start included ==> true
range("[1..3]").end ==> 3
null + 1 ==> null
1 = null ==> false
null = null ==> true
1 = "1" ==> null
true and null ==> null
false and null ==> false
not(null) ==> null
"a" < "b" ==> true
{a:1} = {a:1} ==> true
[1,2,3][count(item) > 0] ==> [1, 2, 3]
string join(["a","b",null],"-") ==> "a-b"
"\u0041\"" ==> "A\""
list replace([2,4,7,8], function(item, newItem) item < newItem, 5) ==> [5, 5, 7, 8]
@"2020-01-01T10:00:00@Europe/London".timezone ==> "Europe/London"
is(@"10:00:00Z", @"10:00:00+00:00") ==> true
abs(-@"P1D") ==> @"P1D"
1e3 + .5 ==> 1000.5
(if true then 1 else 2) + 1 ==> 2
{"a b": 2}.a b ==> 2
[1,2,3] = [1,2,3] ==> true
5 in > 3 ==> true
(>3).start ==> 3
5 in (>3) ==> true
list contains([1,null], null) ==> true
substring before("foobar","bar") ==> "foo"
sum([1,2.5]) ==> 3.5
all([true,null]) ==> null
any([true,null]) ==> true
sublist([4,5,6], 1, 2) ==> [4, 5]
time("10:15:00").hour ==> 10
duration("P2D") / duration("P1D") ==> 2
date(2020, 2, 30) ==> null
month of year(@"2020-02-01") ==> "February"
week of year(@"2020-01-01") ==> 1
string length("🐎ab") ==> 3
[1..5] = [1..5] ==> true
date and time("2026-03-29T00:30:00@Europe/London") + duration("PT1H") ==> @"2026-03-29T02:30:00@Europe/London"
date and time("2026-03-29T04:00:00@Europe/London") - date and time("2026-03-29T00:00:00@Europe/London") ==> @"PT3H"
date and time("2026-01-01T00:00:00") - date and time("2026-01-01T00:00:00Z") ==> null
for x in [1..3] return x ==> [1, 2, 3]
number("1,000.5", ",", null) ==> 1000.5
number(from: "1.5", grouping separator: null, decimal separator: null) ==> 1.5
matches("foobar", "^fo*b", null) ==> true
time(1, 2, 3, null) ==> @"01:02:03"
time(1, 2, 3, duration("P9D")) ==> null
count(for d in @"0001-01-01"..@"0001-01-03" return d) ==> 3
append([1], [2, 3]) ==> [1, [2, 3]]
and([true, null, false]) ==> false
0 ** 0 ==> 1
replace("abc", "(b)", "$1$1") ==> "abbc"
replace("a.b", ".", "x", "q") ==> "axb"
replace("abc", "b", "$") ==> null
matches("a\n", "a$") ==> false
matches("x", "(?=x)x") ==> null
string({"a: 1, b": 2}) ==> "{\"a: 1, b\": 2}"
"""


@pytest.mark.parametrize("line", COMES_TO.strip().splitlines())
def test_an_expression_comes_to(line):
    asked, expected = line.rsplit(" ==> ", 1)
    assert written(worked_out(asked).value) == expected


def test_names_may_hold_blanks_and_signs():
    given = {"Monthly Salary": 1000, "Approved/Declined": "Approved", "a-b": 5}
    assert (
        worked_out('12 * Monthly Salary + (if Approved/Declined = "Approved" then a-b else 0)', **given).value
        == 12005
    )


ENDLESS = """
    for i in 1..1000000000 return i
    count(for i in 1..1000, j in 1..1000 return i)
    {f: function(n) f(n), g: f(1)}.g
    some i in 1..1000000000 satisfies i < 0
"""


@pytest.mark.parametrize("asked", [line.strip() for line in ENDLESS.strip().splitlines()])
def test_what_would_never_end_is_refused_or_not_known(asked):
    try:
        assert worked_out(asked).value is None
    except Unreadable as refusal:
        assert "too often" in refusal.words or "without end" in refusal.words


def test_a_pattern_that_would_take_for_ever_is_looked_for_sign_by_sign_or_not_at_all():
    assert worked_out('matches(given, "^(a+)+$")', given="a" * 4000 + "b").value is False
    assert (
        worked_out('matches(given, "^([a-z]+ )*[a-z]+$")', given="one word and another " * 9 + "more").value
        is True
    )
    assert worked_out('matches(given, "^(a+)+$")', given="aaa").value is True
    assert worked_out('matches(given, "^(a+)+\\\\1b$")', given="a" * 40).value is None
    assert worked_out('replace(given, "^(a+)+$", "b")', given="a" * 40 + "b").value is None


PATTERNS = some.recursive(
    some.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\d", "^", r"\Z"]),
    lambda inner: some.one_of(
        some.tuples(inner, inner).map("".join),
        some.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        some.tuples(inner, some.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?", "{2,}"])).map(
            lambda one: f"({one[0]}){one[1]}"
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=150)
@given(
    PATTERNS, some.text("ab1\n", max_size=7), some.sampled_from([0, re.IGNORECASE, re.MULTILINE, re.DOTALL])
)
def test_what_is_found_sign_by_sign_is_what_python_finds(pattern, text, flags):
    assert Stepping(pattern, flags).found(text) is bool(re.search(pattern, text, flags))


WRONG = """
    1 +                       | A value is missing
    (1                        | “)” is missing
    "open                     | is not a sign
    if 1 then 2               | “else” is missing
    for x in [1] x            | “return” is missing
    1 2                       | was not expected
    f(a: 1, 2)                | either named throughout or not at all
"""


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_an_expression_that_cannot_be_read_says_what_is_missing_and_where(line):
    asked, why = (part.strip() for part in line.split("|"))
    with pytest.raises(Unreadable) as refused:
        worked_out(asked)
    assert why in str(refused.value) and "Answer" in refused.value.place


def test_expressions_nested_without_end_are_refused():
    for asked in (
        "(" * 500 + "1" + ")" * 500,
        "[" * 500,
        "-" * 5000 + "1",
        "1" + "+1" * 3000,
        "a" + "[1]" * 2000,
    ):
        with pytest.raises(Unreadable):
            worked_out(asked)


def test_numbers_keep_their_thirty_four_digits():
    assert worked_out("0.1 + 0.2").value == Decimal("0.3")
    assert worked_out("1/3").value == Decimal("0.3333333333333333333333333333333333")
    assert worked_out("10 ** 7000").value is None


def test_what_python_gives_is_read_as_the_standard_means_it():
    assert worked_out("x + 1", x=1).value == Decimal(2)
    assert worked_out("x + 1", x=0.1).value == Decimal("1.1")
    assert worked_out("x", x=True).value is True
    with pytest.raises(Unreadable, match="not a number"):
        worked_out("x", x=float("nan"))
    with pytest.raises(Unreadable, match="cannot read"):
        worked_out("x", x=object())
