"""Each operator on torch against ONNX Runtime's, in each version, and its gradient."""

import numpy as np
import pytest
from one_node import DATA, TARGET, assert_same, case, check_gradient, torch_module
from onnx import TensorProto

RANDOM = np.random.RandomState(0)
S = (4, 9, 8)


def r(*shape):
    return RANDOM.randn(*shape).astype(np.float32)


def ints(*values):
    return np.array(values, np.int64)


def floats(*values):
    return np.array(values, np.float32)


positive = np.abs(r(4)) + np.float32(0.5)
kernel, bias = r(6, 4, 3, 3), r(6)
turned, turned_bias = r(4, 5, 3, 3), r(5)

CONVOLUTIONS = [
    *(case("Conv", S, kernel, bias, pads=p) for p in ([1, 1, 1, 1], [0, 1, 2, 0])),
    *(case("Conv", S, kernel, strides=[2, 3], auto_pad=a) for a in ("SAME_UPPER", "SAME_LOWER")),
    case("Conv", S, kernel, bias, auto_pad="VALID", kernel_shape=[3, 3]),
    case("Conv", S, r(6, 4, 1, 1), strides=[2, 2], auto_pad="SAME_UPPER"),
    case("Conv", S, r(6, 2, 3, 3), bias, group=2, dilations=[2, 2], pads=[1, 2, 3, 0]),
    case("Conv", (4, 9), r(6, 4, 3), bias, pads=[0, 1]),
    case("Conv", (4, 5, 6, 7), r(6, 4, 3, 3, 3), bias, pads=[0, 1, 0, 1, 1, 1]),
    case("ConvTranspose", S, turned, turned_bias, strides=[2, 2]),
    *(
        case("ConvTranspose", S, turned, turned_bias, strides=[2, 2], **given)
        for given in (
            {"pads": [1, 1, 1, 1], "output_padding": [1, 1]},
            {"pads": [0, 1, 1, 0]},
            {"auto_pad": "SAME_UPPER"},
            {"auto_pad": "SAME_LOWER"},
            {"output_shape": [18, 16]},
        )
    ),
    case("ConvTranspose", S, r(4, 3, 3, 3), r(6), group=2, strides=[2, 2], dilations=[2, 1]),
    case("ConvTranspose", (4, 9), r(4, 5, 3), strides=[2]),
]
NORMALIZATIONS = [
    case("BatchNormalization", S, r(4), r(4), r(4), positive, epsilon=1e-3),
    case("BatchNormalization", (4,), r(4), r(4), r(4), positive),
    case("InstanceNormalization", S, r(4), r(4), epsilon=1e-3),
    case("InstanceNormalization", (4, 9), r(4), r(4)),
    case("LayerNormalization", S, r(8), r(8), since=17),
    case("LayerNormalization", S, r(9, 8), since=17, axis=-2),
    case("GroupNormalization", S, r(4), r(4), since=21, num_groups=2),
    case("LRN", S, size=3),
    case("LRN", (7, 5, 5), size=5, alpha=0.5, beta=0.6, bias=2.0),
]
ELEMENTWISE = [
    *(
        case(op, S)
        for op in (
            *("Relu", "LeakyRelu", "Elu", "Selu", "HardSigmoid", "Sigmoid", "Tanh", "Softplus"),
            *("Softsign", "Exp", "Abs", "Neg", "Ceil", "Floor", "Erf", "Identity", "Sign", "Round"),
            *("Sin", "Cos", "Atan", "Reciprocal", "ThresholdedRelu", "Clip", "Celu", "Dropout"),
        )
    ),
    *(case(op, S, low=0.1) for op in ("Sqrt", "Log")),
    case("HardSwish", S, since=14),
    case("Mish", S, since=18),
    *(case("Gelu", S, since=20, approximate=a) for a in ("none", "tanh")),
    case("Elu", S, alpha=0.3),
    case("LeakyRelu", S, alpha=0.3),
    case("HardSigmoid", S, alpha=0.3, beta=0.4),
    *(case("PRelu", S, slope) for slope in (r(4, 1, 1), r(1), r(4, 9, 8), r(8))),
    case("PRelu", (4, 4, 4), r(4)),
    case("Clip", S, np.float32(-0.5), np.float32(0.5)),
    case("Clip", S, np.float32(-0.5)),
    case("Clip", S, None, np.float32(0.5)),
    *(case(op, S, axis=axis) for op in ("Softmax", "LogSoftmax") for axis in (1, 2, -1)),
    *(case(op, S, r(4, 1, 1)) for op in ("Add", "Sub", "Mul", "Div", "Min", "Max")),
    *(case(op, S, r(4, 1, 1), DATA) for op in ("Sub", "Div")),
    *(case(op, S, r(4, 1, 1), r(8)) for op in ("Min", "Max", "Sum", "Mean")),
    *(case(op, S) for op in ("Max", "Sum")),
    case("Pow", S, np.float32(2)),
    case("Pow", S, np.int64(3)),
    case("Pow", S, np.float32(0.5), low=0.1),
    case("Dropout", S, np.float32(0.5), np.bool_(False)),
    *(case(op, S, r(4, 1, 1)) for op in ("Greater", "GreaterOrEqual", "Less", "LessOrEqual")),
    case("Equal", S, np.float32(0)),
    case("Where", S, RANDOM.rand(4, 1, 8) > 0.5, DATA, r(4, 9, 1)),
    case("MatMul", S, r(8, 5)),
    case("MatMul", (8, 5), r(6, 8), DATA),
    case("Gemm", (8,), r(8, 5)),
    case("Gemm", (8,), r(5, 8), r(5), transB=1, alpha=0.5, beta=2.0),
    case("Einsum", S, r(8, 5), equation="ijkl,lm->ijkm"),
]
REDUCTIONS = [
    case(op, S, *axes, keepdims=keep, **given)
    for op in (
        *("ReduceMean", "ReduceMax", "ReduceL2", "ReduceL1", "ReduceMin", "ReduceProd"),
        *("ReduceSumSquare", "ReduceLogSumExp"),
    )
    for chosen, keep in (((2, 3), 1), ((1, -1), 0))
    for axes, given in (
        ((), {"axes": list(chosen), "until": 17}),
        ((ints(*chosen),), {"since": 18}),
    )
] + [
    *(
        case("ReduceSum", S, ints(*axes), keepdims=keep)
        for axes, keep in (((2, 3), 1), ((-1, 1), 0))
    ),
    *(case(op, S, keepdims=0, low=0.1) for op in ("ReduceMean", "ReduceSum", "ReduceMax")),
    *(
        case(op, S, noop_with_empty_axes=1, since=18, low=0.1)
        for op in ("ReduceSum", "ReduceMean", "ReduceL2", "ReduceSumSquare", "ReduceLogSum")
    ),
    case("ArgMax", S, axis=1),
    case("ArgMax", S, axis=-1, keepdims=0),
    case("CumSum", S, np.int64(1)),
    case("CumSum", S, np.int64(-1), exclusive=1, reverse=1),
    case("TopK", S, ints(3), outputs=2, axis=1),
]
POOLINGS = [
    case("GlobalAveragePool", S),
    case("GlobalMaxPool", S),
    case("GlobalLpPool", S, until=21),
    case("LpPool", S, kernel_shape=[3, 3], strides=[2, 2], pads=[0, 1, 2, 0]),
    case("LpPool", S, kernel_shape=[2, 3], p=3),
    case("MaxPool", S, kernel_shape=[3, 3], pads=[2, 2, 2, 2]),
    case("MaxPool", (4, 9), kernel_shape=[3], pads=[0, 1], outputs=2),
    case("MaxPool", (2, 5, 6, 7), kernel_shape=[2] * 3, strides=[2] * 3, outputs=2),
    case("AveragePool", (4, 9), kernel_shape=[3], pads=[0, 1]),
    case("AveragePool", (2, 5, 6, 7), kernel_shape=[2] * 3, strides=[2] * 3, ceil_mode=1),
    case("AveragePool", S, kernel_shape=[3, 2], dilations=[2, 2], pads=[1, 0, 2, 1], since=19),
]
SHAPES = [
    *(case("Flatten", S, axis=axis) for axis in (0, 1, 2, -1)),
    *(case("Reshape", S, ints(*shape)) for shape in ((0, -1), (0, 0, -1), (-1, 36, 8))),
    case("Reshape", S, ints(-1, 36, 8), since=14, allowzero=1),
    case("Transpose", S, perm=[0, 2, 3, 1]),
    case("Transpose", S),
    *(case("Concat", S, DATA, DATA, axis=axis) for axis in (1, -1)),
    case("Split", S, ints(1, 3), outputs=2, axis=1),
    case("Split", S, outputs=2, axis=1, until=17),
    case("Split", (4, 7, 8), outputs=3, axis=2, num_outputs=3, since=18),
    *(
        case("Slice", S, *(ints(*i) for i in given))
        for given in (
            ((1,), (3,), (1,), (1,)),
            ((1, 0), (100, -1), (2, 3), (2, 1)),
            ((-1,), (-100,), (3,), (-2,)),
            ((0, 1), (9999, 3)),
            ((-4,), (2**63 - 1,), (-1,)),
        )
    ),
    *(case("Squeeze", (4, 1, 1), ints(*axes)) for axes in ((2, 3), (-1,))),
    *(case("Unsqueeze", (4,), ints(*axes)) for axes in ((1,), (-2, -1), (3, 1))),
    *(case("Gather", S, i, axis=a) for i, a in ((ints(0, 2), 1), (np.int64(1), 1), (ints(-1), -1))),
    case("Shape", S),
    case("Shape", S, since=15, start=1, end=-1),
    *(case("Cast", S, to=t) for t in (TensorProto.INT64, TensorProto.DOUBLE, TensorProto.BOOL)),
    *(case("Expand", (4, 1, 8), ints(*shape)) for shape in ((1, 4, 9, 8), (9, 8))),
    case("Tile", S, ints(1, 2, 1, 3)),
    case("Pad", S, ints(0, 1, 1, 2, 0, 2, 3, 0), np.float32(2.5)),
    case("Pad", S, ints(0, 0, -1, 2, 0, 0, 3, -2)),
    case("Pad", S, ints(1, 2, 3, 0), np.float32(1), ints(-2, -1), since=18),
    *(
        case("Pad", S, ints(*pads), mode=mode)
        for mode in ("reflect", "edge")
        for pads in ((0, 0, 1, 2, 0, 0, 3, 0), (0, 1, 1, 2, 0, 2, 3, 0), (0, 0, -1, 2, 0, 0, 3, -2))
    ),
    case("Pad", (4, 9), ints(0, 0, 2, 0, 0, 1), mode="reflect"),
    case("Pad", S, ints(0, 0, 1, 2, 0, 0, 3, 0), mode="wrap", since=19),
    *(case("DepthToSpace", (8, 3, 4), blocksize=2, mode=mode) for mode in ("DCR", "CRD")),
    case("SpaceToDepth", (3, 6, 4), blocksize=2),
    case("Trilu", S, since=14),
    case("ScatterND", S, ints(1, 3)[:, None] * ints(0, 1), r(2, 9, 8)),
    case("ScatterND", S, ints(1, 1)[:, None] * ints(0, 1), r(2, 9, 8), reduction="add", since=16),
]
ROUNDINGS = ("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")
SCALES = (floats(1, 1, 2, 3), floats(1, 1, 0.5, 0.7))
RESIZINGS = [
    case(
        "Resize",
        S,
        None,
        scales,
        mode=mode,
        coordinate_transformation_mode=where,
        since=19 if where == "half_pixel_symmetric" else 13,
        **({"nearest_mode": rounding} if rounding else {}),
    )
    for mode in ("nearest", "linear", "cubic")
    for where in (
        *("half_pixel", "pytorch_half_pixel", "asymmetric", "align_corners"),
        "half_pixel_symmetric",
    )
    for rounding in (ROUNDINGS if mode == "nearest" else (None,))
    for scales in SCALES
] + [
    case("Resize", S, np.zeros(0, np.float32), floats(1, 1, 2, 2)),
    case("Resize", S, None, SCALES[0], mode="cubic", cubic_coeff_a=-0.5, exclude_outside=1),
    case("Resize", S, None, None, ints(18, 20), mode="linear", axes=[2, 3], since=18),
    *(
        case(
            *("Resize", S, None, None, ints(18, 20)),
            mode="linear",
            axes=[2, 3],
            keep_aspect_ratio_policy=policy,
            since=18,
        )
        for policy in ("not_larger", "not_smaller")
    ),
    case("Resize", (4, 9), None, floats(1, 1, 2.5), mode="linear"),
    case("Resize", (2, 4, 5, 6), None, floats(1, 1, 2, 2, 2), mode="linear"),
    *(
        case("Upsample", S, floats(1, 1, 2, 3), since=9, until=9, mode=m)
        for m in ("nearest", "linear")
    ),
    *(case("Resize", S, SCALES[0], since=10, until=10, mode=m) for m in ("nearest", "linear")),
    case(
        *("Resize", S, np.zeros(0, np.float32), SCALES[1]),
        since=11,
        until=11,
        coordinate_transformation_mode="tf_half_pixel_for_nn",
    ),
]
CASES = [
    *(CONVOLUTIONS + NORMALIZATIONS + ELEMENTWISE + REDUCTIONS),
    *(POOLINGS + SHAPES + RESIZINGS),
]
FLAT = {
    *("Ceil", "Floor", "Sign", "Round", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"),
    *("Equal", "ArgMax", "Shape"),
}


def in_all_versions():
    for made in CASES:
        opsets = made.opsets()
        quick = TARGET if TARGET in opsets else opsets[0]
        for opset in opsets:
            marks = () if opset == quick else pytest.mark.slow
            yield pytest.param(
                made, opset, id=f"{made} opset {opset}".replace(" ", "_"), marks=marks
            )


@pytest.mark.tier("numeric")
@pytest.mark.parametrize(("made", "opset"), list(in_all_versions()))
def test_torch_equals_onnx_runtime(made, opset):
    assert_same(made.model(opset), made.batch(1), made.batch(3))


def has_gradient(made):
    return made.op not in FLAT and made.attributes.get("to") in (None, TensorProto.DOUBLE)


@pytest.mark.slow
@pytest.mark.parametrize("made", list(filter(has_gradient, CASES)), ids=str)
def test_the_gradient_is_the_slope(made):
    check_gradient(made.model(max(made.since, min(made.until, TARGET))), made.batch(2))


@pytest.mark.parametrize("made", [made for made in CASES if not has_gradient(made)], ids=str)
def test_what_is_flat_has_no_gradient(made):
    import torch

    x = torch.from_numpy(made.batch(2)).requires_grad_()
    y = torch_module(made.model(made.opsets()[0]))(x)
    assert not y.requires_grad or not torch.autograd.grad(y.sum(), x)[0].any()
