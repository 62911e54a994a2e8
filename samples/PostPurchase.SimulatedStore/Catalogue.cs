namespace PostPurchase.Samples;

/// <summary>Every family in every brand, and the weights customers choose by.</summary>
internal sealed class Catalogue
{
    private static readonly string[] _names = ["alba", "brisa", "corvo", "dune", "elm", "fjord", "gale", "heath", "islet", "juniper"];

    private readonly ProductFamily[] _families = [.. ProductFamilies.All];
    private readonly int _brands;
    private readonly double[] _brandWeight;
    private readonly double[] _regularWeight;
    private readonly double[] _giftWeight;
    private readonly double[] _lastingWeight;

    public Catalogue(int brands)
    {
        _brands = brands;
        // A few brands sell most: brand b is taken with a weight of 1 / (b + 1), as Zipf's law has it.
        _brandWeight = RunningSums(Enumerable.Range(0, brands).Select(b => 1.0 / (b + 1)));
        _regularWeight = Weights(f => f.Use is ProductUse.Consumable or ProductUse.Seasonal);
        _giftWeight = Weights(f => f.Use == ProductUse.Gift);
        _lastingWeight = Weights(f => f.Use == ProductUse.Durable && f.Fits is null);
        Fitting = [.. _families.Select(f => f.Fits is null ? -1 : Array.FindIndex(_families, other => other.Name == f.Fits))];
        Products = [.. Enumerable.Range(0, _families.Length * brands).Select(Describe)];
    }

    /// <summary>Family by family, brand by brand: product = family * brands + brand.</summary>
    public IReadOnlyList<SimulatedProduct> Products { get; }

    /// <summary>For every family the durable family it fits, or -1.</summary>
    public IReadOnlyList<int> Fitting { get; }

    public int FamilyCount => _families.Length;

    public int Brands => _brands;

    public ProductFamily Family(int family) => _families[family];

    public int Product(int family, int brand) => (family * _brands) + brand;

    public int DrawRegularFamily(SeededRandom random) => Draw(_regularWeight, random);

    public int DrawGiftFamily(SeededRandom random) => Draw(_giftWeight, random);

    public int DrawLastingFamily(SeededRandom random) => Draw(_lastingWeight, random);

    public int DrawBrand(SeededRandom random) => Draw(_brandWeight, random);

    private static int Draw(double[] runningSums, SeededRandom random)
    {
        var found = Array.BinarySearch(runningSums, random.NextDouble() * runningSums[^1]);
        // A sum that is met exactly belongs to the next entry with a weight; empty entries repeat the sum before them.
        var index = found >= 0 ? found + 1 : ~found;
        while (runningSums[index] <= (index == 0 ? 0 : runningSums[index - 1]))
            index++;
        return index;
    }

    private static double[] RunningSums(IEnumerable<double> weights)
    {
        var sum = 0.0;
        return [.. weights.Select(w => sum += w)];
    }

    private double[] Weights(Func<ProductFamily, bool> belongs) => RunningSums(_families.Select(f => belongs(f) ? f.Popularity : 0));

    private SimulatedProduct Describe(int product)
    {
        var family = _families[product / _brands];
        var brand = product % _brands;
        // Brands far down the list are cheaper; the factor runs from 1.3 down to 0.8.
        var price = Math.Round(family.Price * (0.8 + (0.5 / (1 + brand))), 2);
        var fits = family.Fits is null ? null : Id(family.Fits, brand);
        return new SimulatedProduct(Id(family.Name, brand), family.Name, family.Category, price, family.Use, family.DaysPerUnit, fits);
    }

    private static string Id(string family, int brand) => brand < _names.Length
        ? $"{_names[brand]}-{family}"
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_names[brand % _names.Length]}{(brand / _names.Length) + 1}-{family}");
}
