"""categorical: labels that are one of a few names."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matxai import categorical, categories

texts = st.text(max_size=6)
names = texts.map(str.strip).filter(lambda t: t not in ("", "<undefined>"))
few_names = st.sampled_from(["cat", "dog", "Égyptian cat", "a b", "10", "9", "🦊"])
lists = st.lists(few_names, max_size=20)
shapes = hnp.array_shapes(min_dims=0, max_dims=3, max_side=4)


def array_of(shape):
    count = int(np.prod(shape))
    return st.lists(few_names, min_size=count, max_size=count).map(
        lambda items: np.array(items, object).reshape(shape)
    )


arrays = shapes.flatmap(array_of)


# What it is made of


@pytest.mark.tier(
    "documented",
    "Categories are the distinct values, sorted; empty texts and NaN are undefined, white "
    "space around texts is cut off",
)
@given(st.lists(names, max_size=20))
def test_categories_are_the_distinct_values_in_order(items):
    c = categorical(items)
    assert categories(c).tolist() == np.array(sorted(set(items)), str).tolist()
    assert c.tolist() == items
    assert not c.isundefined().any()


@pytest.mark.tier("documented")
@given(st.lists(st.one_of(names, st.sampled_from(["", "  ", "<undefined>", None])), max_size=12))
def test_missing_texts_are_undefined(items):
    missing = [item is None or item.strip() in ("", "<undefined>") for item in items]
    c = categorical(items)
    assert c.isundefined().tolist() == missing
    assert c.tolist() == ["<undefined>" if m else t for m, t in zip(missing, items, strict=True)]


@given(arrays)
def test_any_shape_and_back(array):
    c = categorical(array)
    assert c.shape == array.shape
    assert c.ndim == array.ndim
    assert c.size == array.size
    assert c.tolist() == array.tolist()
    assert np.array_equal(np.asarray(c), array.astype(str))
    again = categorical(np.asarray(c), categories(c))
    assert np.all(again == c)
    assert categories(again).tolist() == categories(c).tolist()


@pytest.mark.tier("documented")
def test_white_space_around_texts_is_cut_off():
    assert categorical([" cat", "cat\t", "c at"]).tolist() == ["cat", "cat", "c at"]


@pytest.mark.tier(
    "chosen",
    "Categories of numbers are named with five significant digits, integers with all",
)
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([10, 9, 10], ["9", "10"]),
        ([0.5, -1, 2.0], ["-1", "0.5", "2"]),
        ([np.pi, 123456.789, 1e-7], ["1e-07", "3.1416", "1.2346e+05"]),
        ([np.inf, -np.inf, 0], ["-Inf", "0", "Inf"]),
        ([True, False], ["false", "true"]),
        (np.array([255, 0], np.uint8), ["0", "255"]),
        ([2**53 + 1, 1], ["1", "9007199254740993"]),
        ([123456789, 123456788], ["123456788", "123456789"]),
    ],
)
def test_names_of_numbers(values, expected):
    assert categories(categorical(values)).tolist() == expected


def test_nan_is_undefined():
    c = categorical([1, np.nan, 1])
    assert c.tolist() == ["1", "<undefined>", "1"]
    assert categories(c).tolist() == ["1"]


@pytest.mark.tier("documented")
@given(lists, st.lists(few_names, unique=True, max_size=7))
def test_a_valueset_orders_the_categories_and_leaves_others_undefined(items, valueset):
    c = categorical(items, valueset)
    assert categories(c).tolist() == np.array(valueset, str).tolist()
    assert c.tolist() == [t if t in valueset else "<undefined>" for t in items]


@pytest.mark.tier("documented")
def test_category_names_stand_for_values_and_equal_ones_are_one_category():
    c = categorical([3, 1, 2, 4], [1, 2, 3], ["low", "low", "high"])
    assert c.tolist() == ["high", "low", "low", "<undefined>"]
    assert categories(c).tolist() == ["low", "high"]


@pytest.mark.tier("chosen", "`categorical` of a categorical keeps its categories")
def test_a_categorical_of_a_categorical_keeps_its_categories():
    c = categorical(["b", "a"], ["c", "b", "a"])
    assert categories(categorical(c)).tolist() == ["c", "b", "a"]
    assert categories(categorical(c, ["a"])).tolist() == ["a"]
    assert categorical(c, catnames=["x", "y", "z"]).tolist() == ["y", "z"]


def test_a_list_of_categoricals():
    c = categorical(["b", "a", ""])
    assert categorical([c[0], c[2], "z"]).tolist() == ["b", "<undefined>", "z"]
    assert categorical([c[:1], c[1:2]]).tolist() == [["b"], ["a"]]


# Brackets


@given(array_of((3, 4)), st.data())
def test_brackets_are_those_of_numpy(array, data):
    index = data.draw(
        st.one_of(
            hnp.basic_indices((3, 4), allow_newaxis=True),
            hnp.integer_array_indices((3, 4)),
            hnp.arrays(bool, (3, 4)),
        )
    )
    part = categorical(array)[index]
    assert isinstance(part, categorical)
    assert part.tolist() == np.asarray(array[index], object).tolist()
    assert categories(part).tolist() == categories(categorical(array)).tolist()


@given(lists)
def test_length_and_iteration(items):
    c = categorical(items)
    assert len(c) == len(items)
    assert [str(item) for item in c] == items
    assert all(item.shape == () for item in c)
    assert all((item in c) == (item in items) for item in ["cat", "dog", "cow"])


def test_what_brackets_do_not_take():
    c = categorical(["a", "b"])
    with pytest.raises(IndexError):
        c[2]
    with pytest.raises(TypeError, match="brackets of a categorical take integers.*not 'a'"):
        c["a"]
    with pytest.raises(TypeError, match="brackets of a categorical"):
        c[c]
    with pytest.raises(TypeError, match="does not support item assignment"):
        c[0] = "b"
    with pytest.raises(IndexError):
        np.zeros(3)[c]
    with pytest.raises(TypeError):
        len(c[0])


# Comparing


@pytest.mark.tier("documented")
@given(arrays, few_names)
def test_comparing_with_a_text(array, text):
    c = categorical(array)
    expected = array == text
    for equal in (c == text, text == c, c == np.str_(text), c == categorical(text)):
        assert np.array_equal(equal, expected)
    for unequal in (c != text, text != c, c != categorical(text)):
        assert np.array_equal(unequal, ~np.asarray(expected, bool))


@given(lists.flatmap(lambda a: st.tuples(st.just(a), st.permutations(a))))
def test_comparing_element_by_element(pair):
    one, two = pair
    expected = [a == b for a, b in zip(one, two, strict=True)]
    c = categorical(one)
    others = [two, tuple(two), np.array(two, str), np.array(two, object), categorical(two)]
    # Categories of another order, and more of them.
    others.append(categorical(two, ["more", *sorted(set(two), reverse=True)]))
    for other in others:
        assert np.array_equal(c == other, expected)
        assert np.array_equal(other == c, expected)
        assert np.array_equal(c != other, np.logical_not(expected))
        assert np.array_equal(other != c, np.logical_not(expected))


@pytest.mark.tier("documented", "An undefined element equals nothing, itself included")
def test_undefined_elements_equal_nothing():
    c = categorical(["a", ""])
    assert (c == c).tolist() == [True, False]
    assert (c != c).tolist() == [False, True]
    assert (c == "<undefined>").tolist() == [False, False]
    assert (c == "").tolist() == [False, False]


@pytest.mark.tier("documented")
def test_the_index_of_a_label_among_the_classes():
    """find(label == categorical(classNames)), as documented for moving to dlnetwork."""
    class_names = ["tench", "goldfish", "shark"]
    label = categorical(["shark"])
    assert (np.flatnonzero(label == categorical(class_names)) + 1).tolist() == [3]


@pytest.mark.parametrize("other", [3, 2.5, np.arange(2), [1, 2], True, np.float32(1)])
def test_a_number_is_no_label(other):
    c = categorical([1, 2])
    with pytest.raises(TypeError, match="can be compared with texts and categoricals"):
        c == other  # noqa: B015
    with pytest.raises(TypeError, match="can be compared with texts and categoricals"):
        c != other  # noqa: B015


def test_other_things_are_unequal():
    c = categorical("a")
    assert (c == None) is False  # noqa: E711
    assert (c != object()) is True


def test_arrays_of_different_sizes_cannot_be_compared():
    with pytest.raises(ValueError, match="sizes 2 and 3 cannot be compared"):
        categorical(["a", "b"]) == ["a", "b", "c"]  # noqa: B015


def test_it_has_no_hash():
    with pytest.raises(TypeError, match="unhashable"):
        {categorical("a")}


# Texts


@given(few_names)
def test_one_element_reads_as_its_text(name):
    c = categorical([name, "other"])
    assert str(c[0]) == str(c[:1]) == f"{c[0]}" == name
    assert f"{c[0]:>20}" == f"{name:>20}"
    assert repr(c[0]) == repr(c[:1]) == f"categorical\n     {name}"


def test_display():
    assert repr(categorical(["dog", "", "cat"])).splitlines() == [
        "3×1 categorical", "     dog", "     <undefined>", "     cat",
    ]  # fmt: skip
    assert repr(categorical([["dog", "a"], ["x", "cat"]])).splitlines() == [
        "2×2 categorical", "     dog      a", "     x        cat",
    ]  # fmt: skip
    assert repr(categorical(np.arange(4).reshape(2, 1, 2))).splitlines() == [
        "2×1×2 categorical", "(:,:,1)", "     0", "     2", "(:,:,2)", "     1", "     3",
    ]  # fmt: skip
    assert repr(categorical([])) == "0×1 empty categorical array"
    assert repr(categorical(np.zeros((0, 3)))) == "0×3 empty categorical array"


def test_as_array():
    c = categorical(["dog", ""])
    assert np.asarray(c).dtype.kind == "U"
    assert np.asarray(c, object).tolist() == ["dog", "<undefined>"]
    assert np.unique(c).tolist() == ["<undefined>", "dog"]
    assert ", ".join(c.tolist()) == "dog, <undefined>"


def test_copies():
    c = categorical(["dog", "cat"], ["dog", "cat", "cow"])
    for made in (copy.deepcopy(c), pickle.loads(pickle.dumps(c))):
        assert np.all(made == c)
        assert categories(made).tolist() == ["dog", "cat", "cow"]


# Bad input


@pytest.mark.parametrize(
    ("args", "error", "says"),
    [
        (([1, "a"],), TypeError, "data must be texts, numbers or truth values.* holds 1"),
        (([b"a"],), TypeError, "data must be"),
        ((1j,), TypeError, "data must be"),
        (({"a": 1},), TypeError, "data must be"),
        (([["a", "b"], ["c"]],), TypeError, "data must be"),
        ((["a"], "a"), TypeError, "valueset must be a list of values, but is 'a'"),
        ((["a"], [["a"]]), TypeError, "valueset must be a list"),
        ((["a"], ["a", "a"]), ValueError, "valueset must not repeat a value, but repeats 'a'"),
        ((["a"], [1]), TypeError, "valueset must hold texts where data does"),
        (([1], ["1"]), TypeError, "numbers where data does"),
        ((["a"], ["a", ""]), ValueError, "valueset must hold no empty"),
        (([1, 2], [1, 2], ["a"]), ValueError, "a name for each of the 2 values, but holds 1"),
        (([1, 2], [1, 2], ["a", ""]), ValueError, "catnames must hold no empty text"),
        (([1, 2], [1, 2], [3, 4]), TypeError, "catnames must be a list of texts"),
        (([1, 1 + 1e-9],), ValueError, "same five significant digits: give valueset and catnames"),
    ],
)
def test_wrong_arguments(args, error, says):
    with pytest.raises(error, match=says):
        categorical(*args)


def test_categories_of_something_else():
    with pytest.raises(TypeError, match="categories: c must be a categorical, but is 'cat'"):
        categories("cat")
