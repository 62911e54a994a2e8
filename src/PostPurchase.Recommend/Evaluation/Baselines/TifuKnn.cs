using System.Globalization;
using PostPurchase.Recommend.Orders;

namespace PostPurchase.Recommend.Evaluation.Baselines;

/// <summary>
/// TIFU-KNN (Hu, He, Gao, Zhang: "Modeling Personalized Item Frequency Information for Next-basket Recommendation", SIGIR 2020):
/// a product's frequency with two levels of decay (section 4.1), mixed with that of the nearest customers (section 4.2).
/// </summary>
internal sealed class TifuKnn : INextBasketBaseline
{
    private readonly TifuKnnSettings _settings;
    private readonly ProductPopularity _popularity;
    private readonly SparseRows _vectors;
    private readonly SparseRows _byProduct;
    private readonly double[] _squaredNorm;

    public TifuKnn(PurchaseColumns history, ProductPopularity popularity, TifuKnnSettings settings)
    {
        _settings = settings;
        _popularity = popularity;
        _vectors = BuildVectors(history, settings);
        _byProduct = _vectors.Transpose(history.Products.Count);
        _squaredNorm = new double[_vectors.Rows];
        for (var customer = 0; customer < _squaredNorm.Length; customer++)
        {
            foreach (var value in _vectors.Values(customer))
                _squaredNorm[customer] += value * value;
        }
    }

    public string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"TIFU-KNN ({_settings.Groups} groups, own share {_settings.OwnShare}, {_settings.Neighbours} neighbours)");

    public int Rank(int customer, Span<int> products)
    {
        var scores = Score(customer);
        var held = 0;
        for (var product = 0; product < scores.Length; product++)
        {
            if (scores[product] <= 0 || (held == products.Length && !Before(product, products[held - 1])))
                continue;
            // The list is short: shifting it beats sorting every product that any neighbour bought.
            var place = held < products.Length ? held++ : held - 1;
            for (; place > 0 && Before(product, products[place - 1]); place--)
                products[place] = products[place - 1];
            products[place] = product;
        }

        return _popularity.Fill(products, held);

        bool Before(int a, int b) =>
            scores[a] > scores[b] || (scores[a] == scores[b] && _popularity.Place[a] < _popularity.Place[b]);
    }

    /// <summary>Every product's score for the customer: own decayed frequency mixed with the neighbours' mean.</summary>
    public double[] Score(int customer)
    {
        var scores = new double[_byProduct.Rows];
        var neighbours = Nearest(customer);
        foreach (var neighbour in neighbours)
            Add(neighbour, (1 - _settings.OwnShare) / neighbours.Length);
        Add(customer, _settings.OwnShare);
        return scores;

        void Add(int row, double weight)
        {
            var columns = _vectors.Columns(row);
            var values = _vectors.Values(row);
            for (var i = 0; i < columns.Length; i++)
                scores[columns[i]] += weight * values[i];
        }
    }

    // The customer is among its own neighbours, as in the authors' experiments.
    private int[] Nearest(int customer)
    {
        var distance = new double[_vectors.Rows];
        var dot = new double[_vectors.Rows];
        var columns = _vectors.Columns(customer);
        var values = _vectors.Values(customer);
        for (var i = 0; i < columns.Length; i++)
        {
            var others = _byProduct.Columns(columns[i]);
            var weights = _byProduct.Values(columns[i]);
            for (var j = 0; j < others.Length; j++)
                dot[others[j]] += values[i] * weights[j];
        }

        for (var other = 0; other < distance.Length; other++)
            distance[other] = _squaredNorm[other] - (2 * dot[other]);
        var wanted = Math.Min(_settings.Neighbours, distance.Length);
        var sorted = distance.ToArray();
        Array.Sort(sorted);
        // Customers at the border's distance are taken in order of their ids, the others all.
        var nearest = new List<int>(wanted);
        var border = sorted[wanted - 1];
        for (var other = 0; other < distance.Length; other++)
        {
            if (distance[other] < border)
                nearest.Add(other);
        }

        for (var other = 0; nearest.Count < wanted; other++)
        {
            if (distance[other] == border)
                nearest.Add(other);
        }

        return [.. nearest];
    }

    private static SparseRows BuildVectors(PurchaseColumns history, TifuKnnSettings settings)
    {
        var vectors = new SparseRows.Builder();
        var weights = new double[history.Products.Count];
        for (var customer = 0; customer < history.CustomerStart.Length - 1; customer++)
        {
            var start = history.CustomerStart[customer];
            var end = history.CustomerStart[customer + 1];
            var baskets = 0;
            for (var row = start; row < end; row++)
                baskets += row == start || history.Day[row] != history.Day[row - 1] ? 1 : 0;
            var place = new BasketGroups(baskets, settings.Groups);
            SortedSet<int> touched = [];
            var basket = -1;
            for (var row = start; row < end; row++)
            {
                if (row == start || history.Day[row] != history.Day[row - 1])
                    basket++;
                weights[history.Product[row]] += place.Weight(basket, settings.BasketDecay, settings.GroupDecay);
                touched.Add(history.Product[row]);
            }

            foreach (var product in touched)
            {
                vectors.Add(product, weights[product]);
                weights[product] = 0;
            }

            vectors.EndRow();
        }

        return vectors.Build();
    }
}
