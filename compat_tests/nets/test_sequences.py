"""Networks of sequences scored: MATLAB's two conventions, and graphs in other orders."""

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

import matxai as m
from matxai.nets.layouts import sequence_format

CLASSES = ["low", "middle", "high"]
RANDOM = np.random.RandomState(0)
HIDDEN, FEATURES = 4, 2
OWN = {
    "InputWeights": RANDOM.randn(8 * HIDDEN, FEATURES),
    "RecurrentWeights": RANDOM.randn(8 * HIDDEN, HIDDEN),
    "Bias": RANDOM.randn(8 * HIDDEN),
    "HiddenState": RANDOM.randn(2 * HIDDEN),
}
TOP = RANDOM.randn(3, 2 * HIDDEN)


def layers(mode="sequence", **options):
    return [
        m.sequenceInputLayer(FEATURES, **options),
        m.bilstmLayer(HIDDEN, OutputMode=mode, **OWN),
        m.fullyConnectedLayer(3, Weights=TOP),
        m.softmaxLayer(),
    ]


def networks(mode="sequence", **options):
    """Make the same network twice, a SeriesNetwork and a dlnetwork."""
    own = layers(mode, **options)
    return m.assembleNetwork([*own, m.classificationLayer(Classes=CLASSES)]), m.dlnetwork(own)


def sequences(*lengths, seed=1):
    """Make sequences C×T."""
    random = np.random.RandomState(seed)
    return [random.randn(FEATURES, length) for length in lengths]


def alone(net, X):
    """Score one sequence C×T with ONNX Runtime: K×T or K."""
    session = onnxruntime.InferenceSession(net._model.SerializeToString())
    return session.run(None, {"sequenceinput": X[np.newaxis].astype(np.float32)})[0][0]


lengths = st.lists(st.integers(1, 6), min_size=1, max_size=12)


@pytest.mark.tier(
    "chosen",
    "Sequences are never padded: those of equal length are scored together, others apart, "
    "and a list gives a list; MATLAB pads those of a mini-batch to the longest",
)
@given(lengths, st.integers(1, 5), st.booleans())
def test_sequences_are_scored_as_each_alone_is(lengths, size, last):
    series, net = networks("last" if last else "sequence")
    X = sequences(*lengths)
    expected = [alone(net, x) for x in X]
    found = m.minibatchpredict(net, [x.T for x in X], MiniBatchSize=size)
    older = m.minibatchpredict(series, X, MiniBatchSize=size)
    if last:
        assert np.allclose(found, np.stack(expected), atol=1e-6)
        assert np.array_equal(found, older)
        assert found.shape == (len(X), 3)
        return
    for y, z, wanted in zip(found, older, expected, strict=True):
        assert y.shape == wanted.T.shape
        assert np.allclose(y, wanted.T, atol=1e-6)
        assert np.array_equal(y, z.T)


@pytest.mark.tier(
    "documented",
    "DAGNetwork and SeriesNetwork take sequences C×T, one or a list, and give K×T, or N×K "
    "for a network that gives one vector",
)
def test_older_classes_take_and_give_channels_by_time():
    series, net = networks()
    (X,) = sequences(7)
    assert np.allclose(m.predict(series, X), alone(net, X), atol=1e-6)
    assert [y.shape for y in m.predict(series, sequences(7, 3))] == [(3, 7), (3, 3)]
    cells = np.empty((2, 1), object)
    cells[:, 0] = sequences(7, 3)
    listed = m.predict(series, sequences(7, 3))
    for one, two in zip(m.predict(series, cells), listed, strict=True):
        assert np.array_equal(one, two)
    assert m.predict(networks("last")[0], X).shape == (1, 3)
    # A list of one is a list still.
    assert len(m.predict(series, [X])) == 1
    assert np.array_equal(m.predict(series, X.tolist()), m.predict(series, X))


@pytest.mark.tier(
    "documented",
    "A dlnetwork takes T×C, one or a list, and gives T×K, or N×K for a network that gives "
    "one vector",
)
def test_a_dlnetwork_takes_and_gives_time_by_channels():
    series, net = networks()
    X = sequences(5, 3)
    for function in (m.predict, m.minibatchpredict, m.forward):
        assert np.array_equal(function(net, X[0].T), m.predict(series, X[0]).T)
        assert [y.shape for y in function(net, [x.T for x in X])] == [(5, 3), (3, 3)]
    assert m.predict(networks("last")[1], [x.T for x in X]).shape == (2, 3)


@pytest.mark.tier(
    "chosen",
    "It takes N sequences of equal length as T×C×N as well, and gives T×K×N",
)
def test_equally_long_sequences_can_be_one_array():
    series, net = networks()
    X = sequences(5, 5, 5, 5)
    stacked = np.stack([x.T for x in X], axis=2)
    expected = np.stack([m.predict(series, x).T for x in X], axis=2)
    for function in (m.predict, m.minibatchpredict, m.forward):
        y = function(net, stacked)
        assert y.shape == (5, 3, 4)
        assert np.allclose(y, expected, atol=1e-6)
    assert m.predict(networks("last")[1], stacked).shape == (4, 3)


@pytest.mark.tier("documented")
def test_without_uniform_output_there_is_a_list():
    _, net = networks()
    (X,) = sequences(5)
    (found,) = m.minibatchpredict(net, X.T, UniformOutput=False)
    assert np.array_equal(found, m.minibatchpredict(net, X.T))
    _, net = networks("last")
    found = m.minibatchpredict(net, [X.T, X.T[:2]], UniformOutput=False)
    assert [y.shape for y in found] == [(1, 3), (1, 3)]


@pytest.mark.tier("documented", "`classify` labels each time step, or each sequence")
def test_classify_labels_each_time_step():
    series, _ = networks()
    X = sequences(7, 3)
    labels, scores = m.classify(series, X[0], nargout=2)
    assert scores.shape == (3, 7)
    assert list(map(str, labels)) == [CLASSES[k] for k in scores.argmax(axis=0)]
    labels, scores = m.classify(series, X, nargout=2)
    assert [y.shape for y in labels] == [(7,), (3,)]
    for label, score in zip(labels, scores, strict=True):
        assert list(map(str, label)) == [CLASSES[k] for k in score.argmax(axis=0)]


@pytest.mark.tier("documented")
@pytest.mark.parametrize("count", [1, 3, 4])
def test_classify_labels_each_sequence(count):
    # Three scores of each of three sequences could be mistaken for those of time steps.
    series, _ = networks("last")
    labels, scores = m.classify(series, sequences(*range(2, 2 + count)), nargout=2)
    assert scores.shape == (count, 3)
    assert list(map(str, labels)) == [CLASSES[k] for k in scores.argmax(axis=1)]


@pytest.mark.tier(
    "chosen",
    "`activations` of sequences are C×T (of a dlnetwork T×C), a list for a list, and C×N "
    "for a layer without time",
)
def test_activations_of_sequences():
    series, net = networks("last")
    X = sequences(6, 4)
    # The layer before the last is a bidirectional LSTM that gives its last states.
    whole = m.activations(series, X, "sequenceinput")
    assert [y.shape for y in whole] == [(2, 6), (2, 4)]
    assert np.allclose(whole[0], X[0], atol=1e-6)
    assert m.activations(net, X[0].T, "sequenceinput").shape == (6, 2)
    last = m.activations(series, X, "biLSTM")
    assert last.shape == (8, 2)
    assert np.array_equal(m.activations(series, X, "biLSTM", OutputAs="rows"), last.T)
    assert np.array_equal(m.activations(series, X, "biLSTM", OutputAs="columns"), last)
    with pytest.raises(ValueError, match='OutputAs must be "channels" for the layer'):
        m.activations(series, X, "sequenceinput", OutputAs="rows")


@pytest.mark.tier(
    "documented",
    "dlarrays of sequences are told by their labels, CT or CBT in any order",
)
@given(st.permutations("CBT"), st.booleans())
def test_dlarrays_are_told_by_their_labels(order, last):
    series, net = networks("last" if last else "sequence")
    X = sequences(5, 5)
    data = np.stack(X).transpose(["BCT".index(label) for label in order])
    Y = m.predict(net, m.dlarray(data, "".join(order)))
    assert m.dims(Y) == ("CB" if last else "CBT")
    expected = m.predict(series, X)
    expected = expected.T if last else np.stack(expected, axis=1)
    assert np.allclose(m.extractdata(Y), expected, atol=1e-6)
    single = m.predict(net, m.dlarray(X[0], "CT"))
    assert m.dims(single) == ("C" if last else "CT")
    assert np.allclose(m.extractdata(single), np.squeeze(expected[:, 0]), atol=1e-6)


def test_dlarrays_that_do_not_fit():
    _, net = networks()
    with pytest.raises(ValueError, match="labels 'CBT', since the input layer of net is a Seq"):
        m.predict(net, m.dlarray(np.ones((4, 4, 2)), "SSC"))
    with pytest.raises(ValueError, match="X must have 2 channels"):
        m.predict(net, m.dlarray(np.ones((3, 4)), "CT"))


def test_one_feature_can_be_a_vector():
    own = {n: v[:, :1] if n == "InputWeights" else v for n, v in OWN.items()}
    made = [m.sequenceInputLayer(1), m.bilstmLayer(HIDDEN, **own)]
    net = m.dlnetwork(made)
    series = m.assembleNetwork([*made, m.regressionLayer()])
    X = np.arange(5.0)
    assert np.array_equal(m.predict(net, X), m.predict(net, X[:, np.newaxis]))
    assert np.array_equal(m.predict(series, X), m.predict(net, X).T)
    assert [y.shape for y in m.predict(series, [X, X[:3]])] == [(8, 5), (8, 3)]


# Graphs from elsewhere


@pytest.mark.tier(
    "numeric",
    "A network of sequences that MATLAB exported, T×N×C, scores as its file",
)
@pytest.mark.parametrize("length", [1, 9, 30])
def test_what_matlab_exports_is_scored_as_its_file(reference, length):
    file = reference("onnx", "cscs_lstm.onnx")
    X = sequences(length, length, 4)
    # MATLAB's file takes T×N×C.
    session = onnxruntime.InferenceSession(file)
    expected = np.concatenate(
        [session.run(None, {"sequenceinput": x.T[:, np.newaxis].astype(np.float32)})[0] for x in X]
    )
    net = m.importNetworkFromONNX(file)
    older = m.importONNXNetwork(file, OutputLayerType="classification", Classes=["N", "A"])
    assert net.Layers[0].InputSize == 2
    assert np.abs(m.minibatchpredict(net, [x.T for x in X]) - expected).max() < 1e-6
    assert np.abs(m.predict(older, X) - expected).max() < 1e-6
    labels = m.classify(older, X)
    assert list(map(str, labels)) == [["N", "A"][k] for k in expected.argmax(axis=1)]
    seen = m.activations(older, X[:1], "sequenceinput")[0]
    assert np.allclose(seen, X[0], atol=1e-6)


def other_graph(order, names):
    """Make a graph of sequences in some order: the mean over time, and twice the sequence."""
    sizes = {"B": "BatchSize", "C": FEATURES, "T": "SequenceLength"} | names
    shape = [sizes[label] for label in order]
    nodes = [
        helper.make_node("Mul", ["data", "two"], ["twice"], name="twice"),
        helper.make_node("ReduceMean", ["data"], ["mean"], name="mean", keepdims=0,
                         axes=[order.index("T")]),
    ]  # fmt: skip
    graph = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info("data", TensorProto.FLOAT, shape)],
        [
            helper.make_tensor_value_info("twice", TensorProto.FLOAT, shape),
            helper.make_empty_tensor_value_info("mean"),
        ],
        [numpy_helper.from_array(np.float32(2), "two")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.mark.tier(
    "chosen",
    "Which dimension of an ONNX file is time its name tells; else the last of N×C×T where "
    "only the channels are fixed, or the first",
)
@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("BCT", {}),
        ("TBC", {}),
        ("BTC", {}),
        ("TBC", {"T": "sequenceinput_SequenceLength"}),
        ("BTC", {"B": "batch", "T": "sequence"}),
        ("BCT", {"B": "N", "T": "time"}),
        # By their place, where no name tells.
        ("BCT", {"B": "N", "T": "L"}),
        ("TBC", {"B": "N", "T": "L"}),
        ("TBC", {"B": None, "T": None}),
    ],
)
def test_time_is_found_by_its_name_or_place(tmp_path, order, names):
    model = other_graph(order, names)
    assert sequence_format(model.graph.input[0]) == order
    onnx.save(model, tmp_path / "net.onnx")
    net = m.importNetworkFromONNX(tmp_path / "net.onnx")
    assert net.Layers[0].InputSize == FEATURES
    X = [x.T for x in sequences(4, 3, 4)]
    twice, mean = m.predict(net, X, nargout=2)
    for found, x in zip(twice, X, strict=True):
        assert np.allclose(found, 2 * x, atol=1e-6)
    assert np.allclose(mean, [x.mean(axis=0) for x in X], atol=1e-6)
    Y = m.predict(net, m.dlarray(X[0], "TC"))
    assert m.dims(Y) == "CT"
    assert np.allclose(m.extractdata(Y).T, 2 * X[0], atol=1e-6)


def test_a_batch_size_that_is_fixed_is_filled_up(tmp_path):
    model = other_graph("TBC", {"B": 3})
    onnx.save(model, tmp_path / "net.onnx")
    net = m.importNetworkFromONNX(tmp_path / "net.onnx")
    X = [x.T for x in sequences(4, 4, 5, 4, 4)]
    found = m.predict(net, X, Outputs="twice")
    for y, x in zip(found, X, strict=True):
        assert np.allclose(y, 2 * x, atol=1e-6)


@pytest.mark.tier(
    "chosen",
    "Layers that take sequences are not put into networks of files that order them "
    "otherwise than N×C×T",
)
def test_layers_for_another_order_are_refused(tmp_path):
    for order in ("TBC", "BCT"):
        onnx.save(other_graph(order, {}), tmp_path / "net.onnx")
        lgraph = m.layerGraph(m.importNetworkFromONNX(tmp_path / "net.onnx"))
        behind = m.addLayers(lgraph, m.softmaxLayer(Name="late"))
        X = sequences(4)[0].T
        if order == "BCT":
            net = m.dlnetwork(m.connectLayers(behind, "twice", "late"))
            scores = m.predict(net, X, Outputs="late")
            assert np.allclose(scores.sum(axis=1), 1)
        else:
            with pytest.raises(ValueError, match="'late' .*comes from an ONNX file"):
                m.dlnetwork(m.connectLayers(behind, "twice", "late"))
        net = m.dlnetwork(m.connectLayers(behind, "mean", "late"))
        assert np.allclose(m.predict(net, X, Outputs="late").sum(axis=1), 1)


def test_layers_that_put_out_no_sequences_are_refused(tmp_path):
    model = other_graph("BCT", {})
    node = helper.make_node("Reshape", ["data", "shape"], ["apart"], name="apart")
    model.graph.node.append(node)
    model.graph.initializer.append(numpy_helper.from_array(np.array([0, 1, 2, -1]), "shape"))
    model.graph.output.append(helper.make_empty_tensor_value_info("apart"))
    onnx.save(model, tmp_path / "net.onnx")
    net = m.importNetworkFromONNX(tmp_path / "net.onnx")
    with pytest.raises(ValueError, match="'apart' puts out neither sequences nor vectors"):
        m.predict(net, sequences(4)[0].T, Outputs="apart")


@pytest.mark.tier("numeric")
@pytest.mark.parametrize("mode", ["sequence", "last"])
def test_what_is_written_is_read_again(tmp_path, mode):
    _, net = networks(mode, Normalization="zerocenter", Mean=[1.0, 2.0])
    X = [x.T for x in sequences(4, 9)]
    for options in ({}, {"OpsetVersion": 13}, {"BatchSize": 2}):
        m.exportONNXNetwork(net, tmp_path / "net.onnx", **options)
        read = m.importNetworkFromONNX(tmp_path / "net.onnx")
        assert read.Layers[0].InputSize == FEATURES
        for y, z in zip(m.predict(read, X), m.predict(net, X), strict=True):
            assert np.allclose(y, z, atol=1e-6)


@pytest.mark.tier("numeric")
def test_the_two_engines_agree():
    for mode in ("sequence", "last"):
        assert 0 < networks(mode)[1].EngineDifference < 1e-5


# What does not fit


@pytest.mark.parametrize(
    ("X", "kind", "said"),
    [
        (np.ones((2, 5)), ValueError, r"time steps×2, as a dlnetwork takes it.*Transpose it: X\.T"),
        (np.ones((5, 3)), ValueError, "X must be a sequence time steps×2.*but is 5×3"),
        (np.ones((5, 2, 1, 1)), ValueError, "but is 5×2×1×1"),
        (np.ones(5), ValueError, "X must be a sequence"),
        (np.ones((0, 2)), ValueError, "X must be a sequence"),
        ([], ValueError, "X must be a sequence"),
        ([np.ones((5, 2)), np.ones((5, 4))], ValueError, r"X\[1\] must be a sequence"),
        ("abc", TypeError, "X must be a numeric array"),
        ([np.ones((5, 2)), "abc"], TypeError, "X must be a numeric array"),
        ([np.ones((5, 2)), np.array(["a"])], TypeError, r"X\[1\] must be a numeric array"),
        (np.ones((2, 2)), ValueError, "at least 3 time steps, MinLength of .*but has 2"),
    ],
)
def test_sequences_that_do_not_fit(X, kind, said):
    _, net = networks(MinLength=3)
    for function in (m.predict, m.minibatchpredict, m.forward):
        with pytest.raises(kind, match=said):
            function(net, X)


def test_older_classes_say_their_own_convention():
    series, _ = networks()
    with pytest.raises(ValueError, match=r"sequence 2×time steps, as networks of the older .*X\.T"):
        m.classify(series, np.ones((5, 2)))
    with pytest.raises(ValueError, match="but is 2×5×3"):
        m.predict(series, np.ones((2, 5, 3)))


def test_explainers_refuse_sequences():
    _, net = networks()
    for function in (m.gradCAM, m.imageLIME, m.occlusionSensitivity):
        with pytest.raises(ValueError, match=r"must be an imageInputLayer, but 'sequenceinput'"):
            function(net, np.ones((5, 2)), 1)
