"""fitrtree and RegressionTree: the numbers printed in MATLAB's documentation, and the door."""

import numpy as np
import pytest

from matxai import (
    RegressionTree,
    fitrtree,
    loss,
    predict,
    predictorImportance,
    resubLoss,
    view,
)


@pytest.fixture(scope="module")
def cars(reference):
    table = np.genfromtxt(
        reference("matlab", "fitrtree", "carsmall.csv"), delimiter=",", names=True
    )
    return lambda *names: np.column_stack([table[name] for name in names]).squeeze()


@pytest.fixture
def small():
    return fitrtree([[1], [2], [3], [4]], [0, 0, 8, 8], MinParentSize=2)


# What MATLAB printed


@pytest.mark.tier(
    "numeric",
    "`predictorImportance` of carsmall: 0.0647 0.1068 0.1155 0.1411 0.3348 2.6565",
)
def test_importances_of_carsmall(cars):
    names = ["Acceleration", "Cylinders", "Displacement", "Horsepower", "Model_Year", "Weight"]
    tree = fitrtree(cars(*names), cars("MPG"), PredictorNames=names)
    printed = [0.0647, 0.1068, 0.1155, 0.1411, 0.3348, 2.6565]
    assert predictorImportance(tree).round(4).tolist() == printed
    assert tree.NumObservations == 94


@pytest.mark.tier("numeric", "Predictions with a categorical predictor: 19.2778 19.2778 14.3889")
def test_predictions_with_a_categorical_predictor(cars):
    tree = fitrtree(
        cars("Weight", "Cylinders"),
        cars("MPG"),
        "CategoricalPredictors",
        2,
        "MinParentSize",
        20,
        "PredictorNames",
        ["W", "C"],
    )
    predicted = predict(tree, [[4000, 4], [4000, 6], [4000, 8]])
    assert predicted.round(4).tolist() == [19.2778, 19.2778, 14.3889]


@pytest.mark.tier("numeric", "Prediction with two numeric predictors: 29.6111")
def test_prediction_with_two_numeric_predictors(cars):
    tree = fitrtree(cars("Weight", "Cylinders"), cars("MPG"), MinParentSize=20)
    assert predict(tree, [2200, 4]).round(4).tolist() == [29.6111]


@pytest.mark.tier("numeric", "The listing of `view`")
def test_listing(cars, capsys):
    view(fitrtree(cars("Horsepower", "Weight"), cars("MPG"), MinParent=30))
    assert capsys.readouterr().out.splitlines()[1:] == [
        "1  if x2<3085.5 then node 2 elseif x2>=3085.5 then node 3 else 23.7181",
        "2  if x1<89 then node 4 elseif x1>=89 then node 5 else 28.7931",
        "3  if x1<115 then node 6 elseif x1>=115 then node 7 else 15.5417",
        "4  if x2<2162 then node 8 elseif x2>=2162 then node 9 else 30.9375",
        "5  fit = 24.0882",
        "6  fit = 19.625",
        "7  fit = 14.375",
        "8  fit = 33.3056",
        "9  fit = 29",
    ]


@pytest.mark.tier("numeric", "Of two equivalent predictors the first is split on (R2024b)")
def test_a_tie_between_predictors_is_decided_as_in_matlab():
    # A user's question about R2024b: of several splits that are equally good it took x1.
    X = [
        [1.009251097, 1.80536032, 1.165564448, 1.25110136, 1.467981461, 1.006953748],
        [1.241451804, 1.997602319, 1.171344538, 1.005294421, 1.095276725, 1.037755529],
        [1.310319355, 1.122118985, 1.154557899, 1.874069515, 1.666341109, 1.044814097],
        [1.073119724, 1.616009713, 1.162926814, 1.860931615, 1.256857217, 1.077478564],
        [1.234488925, 1.953343979, 1.160838383, 1.605687801, 1.315321605, 1.110525849],
        [1.163513021, 1.820879307, 1.142907429, 1.918040828, 1.061789429, 1.11876148],
    ]
    Y = [1.02302277, 1.008476382, 1.011549694, 1.003012986, 1.001301743, 1.012252274]
    tree = fitrtree(X, Y, MinLeafSize=1, MinParentSize=2)
    assert tree.CutPredictor[0] == "x1"
    assert round(tree.CutPoint[0], 8) == 1.04118541


# The object


def test_properties_count_from_one(small):
    assert isinstance(small, RegressionTree)
    assert small.NumNodes == 3
    assert small.Children.tolist() == [[2, 3], [0, 0], [0, 0]]
    assert small.Parent.tolist() == [0, 1, 1]
    assert small.CutPredictor == ["x1", "", ""]
    assert small.CutPredictorIndex.tolist() == [1, 0, 0]
    assert small.CutType == ["continuous", "", ""]
    assert small.CutPoint[0] == 2.5
    assert np.isnan(small.CutPoint[1:]).all()
    assert small.IsBranchNode.tolist() == [True, False, False]
    assert small.NodeMean.tolist() == [4, 0, 8]
    assert small.NodeError.tolist() == [16, 0, 0]
    assert small.NodeProbability.tolist() == [1, 0.5, 0.5]
    assert small.NodeRisk.tolist() == [16, 0, 0]
    assert small.NodeSize.tolist() == [4, 2, 2]
    assert "NumObservations=4" in repr(small)


@pytest.mark.parametrize(
    "given", [2, [2], "C", ["C"], np.array([False, True]), np.array(["C"]), [2.0, 2]]
)
def test_ways_to_name_a_categorical_predictor(given):
    X = [[0, 1], [0, 2], [0, 3]]
    tree = fitrtree(
        X, [0, 9, 0], CategoricalPredictors=given, MinParentSize=2, PredictorNames=["W", "C"]
    )
    assert tree.CategoricalPredictors.tolist() == [2]
    assert tree.CutType[0] == "categorical"
    assert [levels.tolist() for levels in tree.CutCategories[0]] == [[1, 3], [2]]


def test_all_predictors_categorical():
    tree = fitrtree([[0, 1], [0, 2]], [0, 1], CategoricalPredictors="all")
    assert tree.CategoricalPredictors.tolist() == [1, 2]
    assert fitrtree([[1], [2]], [0, 1], CategoricalPredictors=[]).CategoricalPredictors.size == 0


@pytest.mark.tier("chosen", "How `view` writes categories")
def test_listing_of_categories(capsys):
    X = np.repeat(np.arange(12.0), 2)
    tree = fitrtree(X, X % 5 == 0, CategoricalPredictors=1, MinParentSize=2)
    tree.view()
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "Decision tree for regression",
        "1  if x1 in {1 2 3 4 6 7 8 9 11} then node 2 elseif x1 in {0 5 10} then node 3 else 0.25",
        "2  fit = 0",
        "3  fit = 1",
    ]
    fitrtree([1, 2], [0, 1], CategoricalPredictors=1, MinParentSize=2).view()
    assert "if x1=1 then node 2 elseif x1=2 then node 3 else 0.5" in capsys.readouterr().out


@pytest.mark.tier("chosen", "How `view` aligns node numbers")
def test_listing_aligns_numbers(capsys):
    fitrtree(np.arange(6.0), np.arange(6.0) ** 2, MinParentSize=2).view()
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith(" 1  if")
    assert lines[-1].startswith("11  fit")


@pytest.mark.tier("documented", "Rows with NaN responses, or nothing but NaN, are left out")
def test_observations_without_response_predictors_or_weight_are_left_out():
    X = [[1, 1], [2, np.nan], [np.nan, np.nan], [3, 1], [4, 1]]
    tree = fitrtree(X, [0, 1, 2, np.nan, 4], Weights=[1, 1, 1, 1, 0])
    assert tree.RowsUsed.tolist() == [True, True, False, False, False]
    assert tree.NumObservations == 2
    assert tree.W.tolist() == [0.5, 0.5]


@pytest.mark.tier("documented", "A node that is split has at least 2·MinLeafSize observations")
def test_a_parent_has_room_for_two_leaves():
    tree = fitrtree(np.arange(20.0), np.arange(20.0), MinLeafSize=8, MinParentSize=2)
    assert tree.NodeSize[tree.IsBranchNode].min() >= 16


def test_predict_takes_one_observation_as_a_vector():
    tree = fitrtree([[1, 0], [2, 0], [3, 0], [4, 0]], [0, 0, 8, 8], MinParentSize=2)
    assert tree.predict([9, 9]).tolist() == [8]
    assert tree.predict([[1, 0], [9, 9]], nargout=2)[1].tolist() == [2, 3]


def test_losses(small):
    assert resubLoss(small) == 0
    assert loss(small, [[1], [4], [1]], [1, 8, np.nan]) == 0.5
    assert loss(small, [[1], [4]], [1, 8], "Weights", [3, 1]) == 0.75
    weighted = fitrtree([[1], [1]], [0, 8], Weights=[3, 1])
    assert resubLoss(weighted) == pytest.approx(12)


# Bad input


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"MinLeafSize": 0}, ValueError, "MinLeafSize must be a positive integer, but is 0"),
        ({"MinParentSize": 2.5}, ValueError, "MinParentSize"),
        ({"MaxNumSplits": -1}, ValueError, "MaxNumSplits"),
        ({"QuadraticErrorTolerance": 0}, ValueError, "above zero, but is 0"),
        ({"MergeLeaves": "maybe"}, ValueError, "MergeLeaves"),
        ({"PredictorNames": ["a"]}, ValueError, "one name for each of the 2 columns"),
        ({"PredictorNames": ["a", "a"]}, ValueError, "differ"),
        ({"PredictorNames": [1, 2]}, TypeError, "list of names"),
        ({"ResponseName": 3}, TypeError, "ResponseName"),
        ({"CategoricalPredictors": 3}, ValueError, "integers from 1 to 2.*but holds 3"),
        ({"CategoricalPredictors": 0}, ValueError, "holds 0"),
        ({"CategoricalPredictors": "x3"}, ValueError, "'x3', which is no predictor.*x1, x2"),
        ({"CategoricalPredictors": [True]}, TypeError, "2 truth values"),
        ({"Weights": [1, 1]}, ValueError, "Weights must have one element for each of the 3"),
        ({"Weights": [1, -1, 1]}, ValueError, "negative, but holds -1"),
        ({"Weights": [0, 0, 0]}, ValueError, "no observation is left"),
        ({"MinLeafs": 2}, TypeError, "Did you mean 'MinLeaf"),
    ],
)
def test_fitrtree_refuses_options(options, error, words):
    with pytest.raises(error, match=words):
        fitrtree([[1, 2], [3, 4], [5, 6]], [1, 2, 3], **options)


@pytest.mark.parametrize(
    ("X", "Y", "error", "words"),
    [
        ([[1], [2]], [1, 2, 3], ValueError, "Y must have one element for each of the 2"),
        (["a"], [1], TypeError, "X must be a numeric array"),
        ([[1], [2]], ["a", "b"], TypeError, "Y must be a numeric array"),
        ([[1], [2]], [1, np.inf], ValueError, "Y must not hold infinite"),
        ([[1], [2]], [[1, 2], [3, 4]], ValueError, "Y must be a vector"),
        (np.zeros((2, 2, 2)), [1, 2], ValueError, "X must be a matrix.*2×2×2"),
        ([], [], ValueError, "X must be a matrix"),
        ([[1], [2]], [np.nan, np.nan], ValueError, "no observation is left"),
    ],
)
def test_fitrtree_refuses_data(X, Y, error, words):
    with pytest.raises(error, match=words):
        fitrtree(X, Y)


def test_methods_refuse(small):
    with pytest.raises(ValueError, match=r"1 columns, .* has the size 2×2"):
        small.predict([[1, 2], [3, 4]])
    with pytest.raises(TypeError, match="X must be a numeric array"):
        small.predict("a")
    with pytest.raises(ValueError, match='"graph" is not available'):
        small.view("Mode", "graph")
    with pytest.raises(ValueError, match="Y must have one element"):
        small.loss([1, 2], [1])
    with pytest.raises(ValueError, match="no observation is left"):
        small.loss([1], [np.nan])
    with pytest.raises(TypeError, match="first argument must be a RegressionTree"):
        predictorImportance(3)
