"""Layers as MATLAB's exporter writes them, each for any opset.

A layer is a function of a writer, the tensor that comes in, the layer's name and its parameters;
it writes its nodes and returns the tensor that goes out. Seen in MATLAB's files: convolution, batch
normalization, ReLU, both poolings, global average pooling, concatenation, dropout, unpooling, fully
connected in both forms, softmax in both forms, the padding "same" of a convolution.
The other forms are conjectures that keep to the operators' specifications.
"""

import numpy as np
from matlab_padding import padded


def _out(x, name, shape=None):
    return x._replace(name=name, shape=x.shape if shape is None else tuple(shape))


# Layers with weights -----------------------------------------------------------------------------


def convolution(
    w, x, name, filters, size=(3, 3), stride=(1, 1), dilation=(1, 1), groups=1, padding="same",
    gain=1.0,
):  # fmt: skip
    kind = "GroupedConvolution2DLayer" if groups > 1 else "Convolution2DLayer"
    name = w.layer(kind, name)
    reach = [(k - 1) * d + 1 for k, d in zip(size, dilation, strict=True)]
    x, pads, maps = padded(w, x, name, reach, stride, padding)
    shape = filters, x.shape[0] // groups, *size
    scale = gain * (2 / np.prod(shape[1:])) ** 0.5
    weights = [
        w.weight(f"{name}_W", w.random(f"{name}_W", *shape, scale=scale)),
        w.weight(f"{name}_B", w.random(f"{name}_B", filters, scale=0.3)),
    ]
    out = w.node(
        "Conv", [x.name, *weights], name,
        group=groups, dilations=dilation, kernel_shape=size, pads=pads, strides=stride,
    )  # fmt: skip
    return _out(x, out, [filters, *maps])


def transposed_convolution(w, x, name, filters, size=(2, 2), stride=(2, 2), cropping=(0, 0, 0, 0)):
    name = w.layer("TransposedConvolution2DLayer", name)
    scale = (2 / (x.shape[0] * np.prod(size))) ** 0.5
    weights = [
        w.weight(f"{name}_W", w.random(f"{name}_W", x.shape[0], filters, *size, scale=scale)),
        w.weight(f"{name}_B", w.random(f"{name}_B", filters, scale=0.3)),
    ]
    out = w.node(
        "ConvTranspose", [x.name, *weights], name,
        group=1, dilations=[1, 1], kernel_shape=size, pads=cropping, strides=stride,
    )  # fmt: skip
    maps = [
        (n - 1) * stride[i] + size[i] - cropping[i] - cropping[i + 2]
        for i, n in enumerate(x.shape[1:])
    ]
    return _out(x, out, [filters, *maps])


def batch_normalization(w, x, name):
    name = w.layer("BatchNormalizationLayer", name)
    count = x.shape[0]
    weights = [
        w.weight(f"{name}_scale", w.random(f"{name}_scale", count, scale=0.2, offset=1)),
        w.weight(f"{name}_B", w.random(f"{name}_B", count, scale=0.3)),
        w.weight(f"{name}_mean", w.random(f"{name}_mean", count)),
        w.weight(f"{name}_var", np.exp(w.random(f"{name}_var", count, offset=1))),
    ]
    mode = {"is_test": 1} if w.dialect.opset < 7 else {}
    out = w.node("BatchNormalization", [x.name, *weights], name, epsilon=1e-5, **mode)
    return _out(x, out)


def fully_connected(w, x, name, count, gain=1.0):
    name = w.layer("FullyConnectedLayer", name)
    inputs = int(np.prod(x.shape))
    # Drawn as MatMul wants them or as Conv does, the numbers are the same.
    weights = w.random(f"{name}_W", count, inputs, scale=gain * inputs**-0.5)
    bias = w.random(f"{name}_B", count, scale=0.3)
    if w.dialect.dense == "MatMul":
        if len(x.shape) > 1:
            x = _out(x, w.node("Flatten", [x.name], f"{name}_Flatten", axis=1), [inputs])
        matrix = w.weight(f"{name}_MatMul_W", weights.T)
        product = w.node("MatMul", [x.name, matrix], f"{name}_MatMul")
        bias = w.weight(f"{name}_Add_B", bias)
        return _out(x, w.node("Add", [product, bias], f"{name}_Add"), [count])
    kernel = w.weight(f"{name}_W", weights.reshape(count, *x.shape))
    bias = w.weight(f"{name}_B", bias)
    out = w.node(
        "Conv", [x.name, kernel, bias], name,
        group=1, dilations=[1, 1], kernel_shape=x.shape[1:], pads=[0] * 4, strides=[1, 1],
    )  # fmt: skip
    return _out(x, out, [count, 1, 1])


# Activations -------------------------------------------------------------------------------------


def _activation(op, kind, **parameters):
    def layer(w, x, name, **given):
        name = w.layer(kind, name)
        return _out(x, w.node(op, [x.name], name, **(parameters | given)))

    return layer


def clipped_relu(w, x, name, ceiling=6.0):
    name = w.layer("ClippedReLULayer", name)
    if w.dialect.opset < 11:
        return _out(x, w.node("Clip", [x.name], name, min=0.0, max=ceiling))
    bounds = [w.weight(f"{name}_{n}", np.array(v)) for n, v in {"min": 0.0, "max": ceiling}.items()]
    return _out(x, w.node("Clip", [x.name, *bounds], name))


def prelu(w, x, name):
    name = w.layer("PReLULayer", name)
    slope = w.random(f"{name}_slope", x.shape[0], scale=0.3)
    if not w.dialect.legacy:
        slope = slope.reshape(-1, 1, 1)
    return _out(x, w.node("PRelu", [x.name, w.weight(f"{name}_slope", slope)], name))


def softmax(w, x, name):
    name = w.layer("SoftmaxLayer", name)
    if len(x.shape) > 1:
        x = _out(x, w.node("Flatten", [x.name], f"{name}_Flatten", axis=1), x.shape[:1])
    return _out(x, w.node("Softmax", [x.name], name, axis=1))


def pixel_softmax(w, x, name):
    name = w.layer("SoftmaxLayer", name)
    last = w.node("Transpose", [x.name], f"{name}_Transpose1", perm=[0, 2, 3, 1])
    last = w.node("Softmax", [last], name, axis=3)
    return _out(x, w.node("Transpose", [last], f"{name}_Transpose2", perm=[0, 3, 1, 2]))


# Pooling -----------------------------------------------------------------------------------------


def max_pooling(w, x, name, size=(2, 2), stride=(2, 2), padding=(0, 0, 0, 0)):
    name = w.layer("MaxPooling2DLayer", name)
    x, pads, maps = padded(w, x, name, size, stride, padding, value=-np.inf)
    out = w.node("MaxPool", [x.name], name, kernel_shape=size, pads=pads, strides=stride)
    return _out(x, out, [x.shape[0], *maps])


def average_pooling(w, x, name, size=(2, 2), stride=(2, 2), padding=(0, 0, 0, 0), zeros=True):
    """Average; `zeros` tells whether padding counts (PaddingValue 0) or not ("mean")."""
    name = w.layer("AveragePooling2DLayer", name)
    x, pads, maps = padded(w, x, name, size, stride, padding, 0.0 if zeros else None)
    counting = {"count_include_pad": int(zeros)} if any(pads) else {}
    if counting and w.dialect.opset < 7:
        if zeros:  # the operator cannot count them yet
            wide = [0, 0, *pads[:2], 0, 0, *pads[2:]]
            out = w.node("Pad", [x.name], f"{name}_Pad", mode="constant", pads=wide, value=0.0)
            x, pads = _out(x, out), [0] * 4
        counting = {}
    out = w.node(
        "AveragePool", [x.name], name, kernel_shape=size, pads=pads, strides=stride, **counting
    )
    return _out(x, out, [x.shape[0], *maps])


def _global_pooling(op, kind):
    def layer(w, x, name):
        name = w.layer(kind, name)
        return _out(x, w.node(op, [x.name], name), [x.shape[0], 1, 1])

    return layer


def unpooling(w, x, name, size=(2, 2), stride=(2, 2)):
    """A block: pooling that keeps where its maxima were, a convolution, and back to there."""
    pool = w.layer("MaxPooling2DLayer", f"{name}-pool")
    indices, shape = f"{pool}_indices", w.node("Shape", [x.name], f"{pool}_size")
    maps = [(n - k) // s + 1 for n, k, s in zip(x.shape[1:], size, stride, strict=True)]
    outs = [f"{pool}_out", indices]
    w.node("MaxPool", [x.name], pool, outs, kernel_shape=size, pads=[0] * 4, strides=stride)
    inner = convolution(w, _out(x, outs[0], [x.shape[0], *maps]), f"{name}-conv", x.shape[0])
    inner = LAYERS["relu"](w, inner, f"{name}-relu")
    back = w.layer("MaxUnpooling2DLayer", f"{name}-unpool")
    if w.dialect.release:
        w.node("MaxUnpool", [inner.name, indices, shape], back, domain="com.mathworks")
        w.nodes[-1].doc_string = "maxUnpooling2dLayer"
    else:
        w.node("MaxUnpool", [inner.name, indices, shape], back, kernel_shape=size, strides=stride)
    return _out(x, back)


# The rest ----------------------------------------------------------------------------------------


def dropout(w, x, name, ratio=0.5):
    name = w.layer("DropoutLayer", name)
    if w.dialect.opset >= 12:
        ratio = w.weight(f"{name}_ratio", np.array(ratio))
        return _out(x, w.node("Dropout", [x.name, ratio], name))
    mode = {"is_test": 1} if w.dialect.opset < 7 else {}
    return _out(x, w.node("Dropout", [x.name], name, ratio=ratio, **mode))


def cross_channel_normalization(w, x, name, size=3, alpha=1e-3, beta=0.75, bias=2.0):
    name = w.layer("CrossChannelNormalizationLayer", name)
    out = w.node("LRN", [x.name], name, size=size, alpha=alpha, beta=beta, bias=bias)
    return _out(x, out)


def addition(w, x, name, branches=1):
    """A block: what comes in, and convolutions of it, added."""
    inner = [convolution(w, x, f"{name}-branch{i}", x.shape[0]) for i in range(branches)]
    name = w.layer("AdditionLayer", name)
    op = "Add" if branches == 1 else "Sum"
    return _out(x, w.node(op, [x.name, *(b.name for b in inner)], name))


def concatenation(w, x, name, filters=2):
    """A block: convolutions one pixel and three pixels wide, one above the other."""
    inner = [convolution(w, x, f"{name}-expand{s}x{s}", filters, (s, s)) for s in (1, 3)]
    name = w.layer("DepthConcatenationLayer", name)
    out = w.node("Concat", [b.name for b in inner], name, axis=1)
    return _out(x, out, [2 * filters, *x.shape[1:]])


def crop(w, x, name, size, offset=(0, 0), negative_pad=False):
    """Crop to height and width from a corner, by Slice or by a Pad of less than nothing."""
    name = w.layer("Crop2DLayer", name)
    starts, ends = list(offset), [o + s for o, s in zip(offset, size, strict=True)]
    if negative_pad:
        after = [e - n for e, n in zip(ends, x.shape[1:], strict=True)]
        pads = [0, 0, *(-s for s in starts), 0, 0, *after]
        if w.dialect.opset < 11:
            w.node("Pad", [x.name], name, mode="constant", pads=pads, value=0.0)
        else:
            w.node("Pad", [x.name, w.weight(f"{name}_pads", pads)], name, mode="constant")
    elif w.dialect.opset < 10:
        w.node("Slice", [x.name], name, axes=[2, 3], starts=starts, ends=ends)
    else:
        given = {"starts": starts, "ends": ends, "axes": [2, 3]}
        w.node("Slice", [x.name, *(w.weight(f"{name}_{n}", v) for n, v in given.items())], name)
    return _out(x, name, [x.shape[0], *size])


def resize(w, x, name, scale=(2, 2), method="nearest"):
    """Resize by whole factors; the grid is that of Upsample, whatever the opset."""
    name = w.layer("Resize2DLayer", name)
    scales = [1.0, 1.0, *map(float, scale)]
    opset = w.dialect.opset
    if opset < 9:
        w.node("Upsample", [x.name], name, mode=method, scales=scales)
    elif opset < 11:
        op = "Upsample" if opset < 10 else "Resize"
        w.node(op, [x.name, w.weight(f"{name}_scales", np.array(scales))], name, mode=method)
    else:
        factors = w.weight(f"{name}_scales", np.array(scales))
        grid = {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
        # Which part is resized has to be said until opset 13.
        part = w.weight(f"{name}_roi", np.zeros(0)) if opset < 13 else ""
        w.node("Resize", [x.name, part, factors], name, mode=method, **grid)
    return _out(x, name, [x.shape[0], *(n * s for n, s in zip(x.shape[1:], scale, strict=True))])


LAYERS = {
    "convolution": convolution,
    "transposed convolution": transposed_convolution,
    "batch normalization": batch_normalization,
    "relu": _activation("Relu", "ReLULayer"),
    "leaky relu": _activation("LeakyRelu", "LeakyReLULayer", alpha=0.01),
    "clipped relu": clipped_relu,
    "prelu": prelu,
    "elu": _activation("Elu", "ELULayer", alpha=1.0),
    "tanh": _activation("Tanh", "TanhLayer"),
    "sigmoid": _activation("Sigmoid", "SigmoidLayer"),
    "max pooling": max_pooling,
    "average pooling": average_pooling,
    "global average pooling": _global_pooling("GlobalAveragePool", "GlobalAveragePooling2DLayer"),
    "global max pooling": _global_pooling("GlobalMaxPool", "GlobalMaxPooling2DLayer"),
    "cross channel normalization": cross_channel_normalization,
    "dropout": dropout,
    "concatenation": concatenation,
    "addition": addition,
    "crop": crop,
    "resize": resize,
    "unpooling": unpooling,
}
