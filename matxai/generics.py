"""Functions that MATLAB dispatches on the class of their first argument.

``predict(net, X)`` and ``predict(tree, X)`` are one function here as there. Each class brings its
own method of the name, and ``net.predict(X)`` is the same call.
"""

from matxai.calling import method_function

__all__ = ["loss", "predict", "predictorImportance", "resubLoss", "view"]

_TREE = "a RegressionTree, as fitrtree returns"
_MODEL = "a RegressionTree or RegressionLinear, as fitrtree and fitrlinear return"

predict = method_function(
    "predict",
    "a dlnetwork, as importNetworkFromONNX returns, a DAGNetwork or SeriesNetwork, as "
    "importONNXNetwork returns, or a RegressionTree or RegressionLinear, as fitrtree and "
    "fitrlinear return",
    """Predict responses with a network, a regression tree or a linear model.

    Parameters
    ----------
    obj : dlnetwork, DAGNetwork, SeriesNetwork, RegressionTree or RegressionLinear
        What predicts.
    *args, **options
        What the method of that class takes; see :meth:`matxai.dlnetwork.predict`,
        :meth:`matxai.RegressionTree.predict` and
        :meth:`matxai.RegressionLinear.predict`.

    Returns
    -------
    numpy.ndarray
        Of a network, scores: 1×C for one image, N×C for N images, for outputs with spatial
        dimensions h×w×C×N. Of a model, one response for each row of the predictors.

    Raises
    ------
    TypeError
        If the first argument is none of these.

    Examples
    --------
    >>> from matxai import fitrtree, predict
    >>> tree = fitrtree([[1], [2], [3], [4]], [0, 0, 8, 8], MinParentSize=2)
    >>> predict(tree, [[1.5], [9]])
    array([0., 8.])
    """,
)

view = method_function(
    "view",
    _TREE,
    """Print the rules of a regression tree.

    Parameters
    ----------
    obj : RegressionTree
        The tree.
    *args, **options
        See :meth:`matxai.RegressionTree.view`.

    Raises
    ------
    TypeError
        If the first argument is no tree.
    """,
)

loss = method_function(
    "loss",
    _MODEL,
    """Mean squared error of a regression model on given data.

    Parameters
    ----------
    obj : RegressionTree or RegressionLinear
        The model.
    *args, **options
        See :meth:`matxai.RegressionTree.loss`.

    Returns
    -------
    float
        The loss.

    Raises
    ------
    TypeError
        If the first argument is no model.
    """,
)

resubLoss = method_function(
    "resubLoss",
    _TREE,
    """Mean squared error of a regression tree on its own training data.

    Parameters
    ----------
    obj : RegressionTree
        The tree.
    *args, **options
        See :meth:`matxai.RegressionTree.resubLoss`.

    Returns
    -------
    float
        The loss.

    Raises
    ------
    TypeError
        If the first argument is no tree.
    """,
)

predictorImportance = method_function(
    "predictorImportance",
    _TREE,
    """Importance of each predictor of a regression tree.

    Parameters
    ----------
    obj : RegressionTree
        The tree.
    *args, **options
        See :meth:`matxai.RegressionTree.predictorImportance`.

    Returns
    -------
    numpy.ndarray, shape (P,)
        One importance for each predictor, never normalised.

    Raises
    ------
    TypeError
        If the first argument is no tree.
    """,
)
