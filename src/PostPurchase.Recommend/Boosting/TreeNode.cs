using System.Runtime.InteropServices;

namespace PostPurchase.Recommend.Boosting;

/// <summary>
/// An inner node of a trained tree: values up to the threshold go left. Children below zero are leaves (the complement
/// of their number). A feature below zero is the complement of a feature whose missing values go left.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TreeNode(int Feature, float Threshold, int Left, int Right);
