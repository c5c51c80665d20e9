"""Statistics and Machine Learning Toolbox: regression trees and linear regression."""
