namespace PostPurchase.Recommend.Tests.Oracles;

/// <summary>Boosted trees the slow way: every cut of every feature of every leaf tried on the raw values, sums from scratch.</summary>
internal static class NaiveBoosting
{
    public static double[] Train(float[][] columns, float[] labels, int trees, double rate, int maxLeaves, int minRows, double l2)
    {
        var rows = labels.Length;
        var mean = labels.Average(l => (double)l);
        var scores = Enumerable.Repeat(Math.Log(mean / (1 - mean)), rows).ToArray();
        for (var t = 0; t < trees; t++)
        {
            var p = scores.Select(s => 1 / (1 + Math.Exp(-s))).ToArray();
            var g = p.Select((x, i) => x - labels[i]).ToArray();
            var h = p.Select(x => x * (1 - x)).ToArray();
            List<int[]> leaves = [Enumerable.Range(0, rows).ToArray()];
            while (leaves.Count < maxLeaves)
            {
                (double Gain, int Leaf, int[] Left, int[] Right) best = (1e-9, -1, [], []);
                for (var leaf = 0; leaf < leaves.Count; leaf++)
                {
                    foreach (var (left, right) in Cuts(columns, leaves[leaf]))
                    {
                        if (left.Length < minRows || right.Length < minRows)
                            continue;
                        var gain = Quality(left) + Quality(right) - Quality(leaves[leaf]);
                        if (gain > best.Gain + 1e-12)
                            best = (gain, leaf, left, right);
                    }
                }

                if (best.Leaf < 0)
                    break;
                leaves[best.Leaf] = best.Left;
                leaves.Add(best.Right);
            }

            foreach (var leaf in leaves)
            {
                var value = -leaf.Sum(i => g[i]) / (leaf.Sum(i => h[i]) + l2);
                foreach (var i in leaf)
                    scores[i] += rate * value;
            }

            double Quality(int[] leaf) => Math.Pow(leaf.Sum(i => g[i]), 2) / (leaf.Sum(i => h[i]) + l2);
        }

        return scores;
    }

    private static IEnumerable<(int[] Left, int[] Right)> Cuts(float[][] columns, int[] leaf)
    {
        foreach (var column in columns)
        {
            var missing = leaf.Where(i => float.IsNaN(column[i])).ToArray();
            var present = leaf.Where(i => !float.IsNaN(column[i])).ToArray();
            foreach (var value in present.Select(i => column[i]).Distinct().Order())
            {
                var below = present.Where(i => column[i] <= value).ToArray();
                var above = present.Where(i => column[i] > value).ToArray();
                yield return (below, [.. above, .. missing]);
                if (missing.Length > 0)
                    yield return ([.. below, .. missing], above);
            }
        }
    }
}
