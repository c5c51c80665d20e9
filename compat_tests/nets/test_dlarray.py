"""dlarray: NumPy is the oracle of its values, labels follow MATLAB's rules."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import matxai
from matxai import categorical, dims, dlarray, extractdata, finddim, stripdims

SINGLE = np.float32


def numbers(shape, low=-3, high=3):
    return hnp.arrays(np.float64, shape, elements=st.floats(low, high))


shapes = hnp.array_shapes(min_dims=1, max_dims=4, max_side=4)


def same(made, expected):
    assert isinstance(made, dlarray)
    np.testing.assert_allclose(made._numpy(), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.tier("documented", "Dimensions of a dlarray stand in the order S, C, B, T, U")
@pytest.mark.parametrize(
    ("fmt", "order"), [("SSC", "SSC"), ("CSS", "SSC"), ("BCSS", "SSCB"), ("TC", "CT"), ("uS", "SU")]
)
def test_dimensions_are_ordered_by_their_labels(fmt, order):
    data = np.random.RandomState(0).rand(*range(2, 2 + len(fmt)))
    X = dlarray(data, fmt)
    assert dims(X) == order
    # Dimensions of one label keep their order.
    moved = sorted(range(len(fmt)), key=lambda i: "SCBTU".index(fmt.upper()[i]))
    same(X, data.transpose(moved))


@pytest.mark.tier("chosen", "Python's and NumPy's default integers count as double")
def test_default_integers_are_double():
    assert dlarray([1, 2]).dtype == np.float64
    assert dlarray(np.arange(3)).dtype == np.float64


@pytest.mark.tier("documented")
def test_labels_beyond_the_dimensions_are_of_dimensions_of_size_1():
    X = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    batch = dlarray(X, "SSCB")
    assert batch.shape == (2, 3, 4, 1)
    assert np.array_equal(extractdata(batch), X)
    assert dlarray(X[..., 0], "SSCB").shape == (2, 3, 1, 1)
    # Those behind come to their place in the order of labels.
    assert dlarray(X[:, 0, 0], "BC").shape == (1, 2)


@pytest.mark.tier("documented")
def test_labels_are_found_and_taken_off():
    X = dlarray(np.zeros((2, 3, 4), SINGLE), "SSC")
    assert finddim(X, "S").tolist() == [1, 2]
    assert finddim(X, "b").size == 0
    assert dims(stripdims(X)) == ""
    assert dims(dlarray(X)) == "SSC"


UNARY = ["abs", "exp", "tanh", "sin", "cos", "floor", "sign", "negative", "square", "isnan"]
BINARY = ["add", "subtract", "multiply", "maximum", "minimum", "greater", "less_equal", "hypot"]


@given(shapes.flatmap(numbers), st.sampled_from(UNARY))
def test_functions_of_elements(data, name):
    made = getattr(np, name)(dlarray(data))
    np.testing.assert_allclose(made._numpy(), getattr(np, name)(data), rtol=1e-12)


@given(
    hnp.mutually_broadcastable_shapes(num_shapes=2, max_side=4), st.sampled_from(BINARY), st.data()
)
def test_functions_of_two(drawn, name, data):
    ndim = max(1, *map(len, drawn.input_shapes))
    one, other = (data.draw(numbers((1,) * (ndim - len(s)) + s)) for s in drawn.input_shapes)
    expected = getattr(np, name)(one, other)
    for a, b in [(dlarray(one), dlarray(other)), (one, dlarray(other)), (dlarray(one), other)]:
        np.testing.assert_allclose(getattr(np, name)(a, b)._numpy(), expected, rtol=1e-12)


@given(
    shapes.flatmap(lambda s: st.tuples(numbers(s), st.sets(st.integers(0, len(s) - 1)))),
    st.booleans(),
)
def test_reductions(drawn, keepdims):
    data, axes = drawn
    axis = tuple(axes) or None
    X = dlarray(data)
    for name in ["sum", "mean", "max", "min", "std", "var"]:
        expected = getattr(np, name)(data, axis=axis, keepdims=keepdims)
        same(getattr(np, name)(X, axis=axis, keepdims=keepdims), expected)
    same(X.sum(axis, keepdims), data.sum(axis, keepdims=keepdims))
    same(X.max(), data.max())


@given(shapes.flatmap(lambda s: st.tuples(numbers(s), hnp.basic_indices(s, allow_newaxis=True))))
def test_brackets_are_those_of_numpy(drawn):
    data, key = drawn
    # torch has no steps backwards.
    keys = key if isinstance(key, tuple) else (key,)
    if any(isinstance(k, slice) and (k.step or 1) < 0 for k in keys):
        return
    same(dlarray(data)[key], data[key])


@given(shapes.flatmap(lambda s: st.tuples(numbers(s), st.permutations(range(len(s))))))
def test_shapes_change_as_in_numpy(drawn):
    data, axes = drawn
    X = dlarray(data)
    same(np.transpose(X, axes), data.transpose(axes))
    same(X.T, data.T)
    same(X.reshape(-1), data.reshape(-1))
    same(np.reshape(X, (data.size, 1)), data.reshape(data.size, 1))
    same(np.squeeze(X), data.squeeze())
    same(np.concatenate([X, data], axis=0), np.concatenate([data, data]))
    same(np.stack([X, X], axis=-1), np.stack([data, data], axis=-1))
    same(np.where(X > 0, X, 0), np.where(data > 0, data, 0))
    same(np.clip(X, -1, 1), np.clip(data, -1, 1))
    assert (np.shape(X), np.ndim(X), np.size(X)) == (data.shape, data.ndim, data.size)


@pytest.mark.parametrize("order", ["C", "F"])
def test_memory_order_does_not_matter(order):
    data = np.asarray(np.arange(24.0).reshape(2, 3, 4), order=order)
    same(dlarray(data)[::1, ::2] + data[::-1][:, :2], data[:, ::2] + data[::-1][:, :2])


@pytest.mark.tier("documented")
def test_the_data_have_no_dimensions_of_length_one_at_the_end():
    image = np.random.RandomState(0).rand(4, 5, 3)
    X = dlarray(image[..., np.newaxis], "SSCB")
    assert extractdata(X).shape == (4, 5, 3)
    assert extractdata(X.sum(2, keepdims=True)).shape == (4, 5)
    assert extractdata(dlarray(np.zeros((4, 1)), "CB")).shape == (4, 1)


@pytest.mark.tier("documented", "Arrays with labels are matched by these")
def test_arrays_with_labels_are_matched_by_them():
    image = np.random.RandomState(0).rand(4, 5, 3)
    colour = np.random.RandomState(1).rand(3)
    X = dlarray(image, "SSC") * dlarray(colour, "C")
    assert dims(X) == "SSC"
    same(X, image * colour)
    rows = dlarray(np.arange(4.0), "S")
    same(dlarray(image, "SSC") + rows, image + np.arange(4.0)[:, None, None])
    batch = dlarray(np.arange(2.0), "B") * dlarray(colour, "C")
    assert (dims(batch), batch.shape) == ("CB", (3, 2))


@pytest.mark.tier("documented", "Single with double is single")
def test_single_with_double_is_single():
    single = dlarray(np.ones(3, SINGLE))
    assert (single + dlarray(np.ones(3))).dtype == SINGLE
    assert (np.ones(3) * single).dtype == SINGLE
    assert (dlarray(np.ones(3)) * 2).dtype == np.float64
    assert ((single > 0) * single).dtype == SINGLE


@pytest.mark.tier(
    "chosen",
    "An index in brackets takes the dimension and its label away, as in NumPy",
)
def test_a_bracket_takes_a_dimension_and_its_label_away():
    X = dlarray(np.arange(24.0).reshape(2, 3, 4), "SSC")
    assert dims(X[:, :, 1]) == "SS"
    assert dims(X[0]) == "SC"
    assert dims(X[..., 1:3]) == "SSC"
    assert dims(X[:, None]) == ""
    assert dims(X.sum(2)) == "SS"
    assert dims(X.sum((0, 1), keepdims=True)) == "SSC"


@pytest.mark.tier("chosen", "Behind the last dimension there are others of length 1")
def test_there_are_dimensions_of_length_one_behind_the_last():
    X = dlarray(np.arange(6.0).reshape(2, 3))
    same(X[:, :, 0, :], extractdata(X))
    X[:, :, 0] = 0
    assert not extractdata(X).any()
    with pytest.raises(IndexError, match="2 dimensions, 2×3; behind them.*is 1"):
        X[:, :, 1]


@pytest.mark.tier("chosen", "A categorical in brackets is the place of its category")
def test_a_categorical_stands_for_the_place_of_its_category():
    scores = dlarray(np.array([0.1, 0.7, 0.2]), "C")
    names = ["cat", "dog", "fox"]
    assert float(scores[categorical(["dog"], names)]) == 0.7
    same(scores[categorical(["fox", "cat"], names)], [0.2, 0.1])
    with pytest.raises(ValueError, match="must be defined"):
        scores[categorical(["cow"], names)]


def test_elements_are_set_and_other_arrays_are_left():
    before = np.zeros((2, 3))
    X = dlarray(before)
    Y = X[:, 0]
    X[:, 0] = [1, 2]
    X[1] = dlarray(np.full(3, 7.0))
    same(X, [[1, 0, 0], [7, 7, 7]])
    same(Y, [0, 0])
    assert not before.any()


def test_what_is_shown():
    assert repr(dlarray(np.zeros((224, 224, 3), SINGLE), "SSC")) == (
        "224(S)×224(S)×3(C) single dlarray"
    )
    assert repr(dlarray(np.array([True]))) == "1 logical dlarray\n[ True]"
    assert repr(dlarray(np.array(2.0))) == "1×1 double dlarray\n2.0"


def test_numbers_and_iteration():
    X = dlarray(np.array([1.5, 0.0]))
    assert [float(x) for x in X] == [1.5, 0.0]
    assert (bool(X[0]), bool(X[1]), int(X[0]), len(X)) == (True, False, 1, 2)
    assert np.asarray(X).tolist() == [1.5, 0]


def test_functions_that_layers_compute():
    data = np.random.RandomState(0).randn(4, 3)
    X = dlarray(data, "CB")
    same(matxai.relu(X), np.maximum(data, 0))
    same(matxai.leakyrelu(X, 0.2), np.where(data > 0, data, 0.2 * data))
    same(matxai.sigmoid(X), 1 / (1 + np.exp(-data)))
    expected = np.exp(data) / np.exp(data).sum(0)
    same(matxai.softmax(X), expected)
    same(matxai.softmax(dlarray(data), DataFormat="CB"), expected)
    assert dims(matxai.softmax(X)) == "CB"
    with pytest.raises(ValueError, match="dimension of channels.*4×3"):
        matxai.softmax(dlarray(data))
    with pytest.raises(TypeError, match="relu: X must be a dlarray, but is 3"):
        matxai.relu(3)


@pytest.mark.parametrize(
    ("make", "error", "says"),
    [
        (lambda: dlarray(np.zeros((2, 2), np.uint8)), TypeError, r"uint8.*X.astype\(np.float32\)"),
        (lambda: dlarray("cat"), TypeError, "X must be an array of single.*'cat'"),
        (lambda: dlarray(np.zeros((2, 2)), "S"), ValueError, "2 dimensions, but is 'S'.*1"),
        (lambda: dlarray(np.zeros((2, 2)), "SX"), ValueError, "labels S .space.*'SX'"),
        (lambda: dlarray(np.zeros((2, 2)), "CC"), ValueError, "C only once, but is 'CC'"),
        (lambda: dlarray(np.zeros((2, 2)), 3), TypeError, "fmt must be a text, but is 3"),
        (lambda: dlarray(np.zeros((2, 3))) + np.zeros(3), ValueError, "2×3 and 3 have not as many"),
        (
            lambda: dlarray(np.zeros((2, 3)), "SC") + np.zeros(3),
            ValueError,
            "without labels must have as many.*'SC', but has 1",
        ),
        (lambda: dlarray(np.zeros(2)) + "a", TypeError, "cannot be combined with 'a'"),
        (lambda: np.fft.fft(dlarray(np.zeros(2))), TypeError, r"no np.fft.*extractdata"),
        (lambda: np.add.reduce(dlarray(np.zeros(2))), TypeError, "no np.add.reduce"),
        (lambda: np.arctan2(dlarray(np.zeros(2)), 1), TypeError, "no np.arctan2"),
        (lambda: np.sum(dlarray(np.zeros(2)), axis=1), ValueError, "axis 1 does not exist: .* 1 d"),
        (lambda: np.sum(dlarray(np.zeros(2)), where=False), TypeError, "no np.sum with where"),
        (lambda: extractdata(np.zeros(2)), TypeError, "X must be a dlarray"),
        (lambda: finddim(dlarray(np.zeros(2)), "SS"), ValueError, "label must be one of.*'SS'"),
    ],
)
def test_bad_input(make, error, says):
    with pytest.raises(error, match=says):
        make()
