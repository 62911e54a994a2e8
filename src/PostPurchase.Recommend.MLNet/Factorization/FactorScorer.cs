using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.MLNet.Storage;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;

namespace PostPurchase.Recommend.MLNet.Factorization;

/// <summary>A factor model with the ids it was trained on and the columns it is asked by. Immutable and safe to use from any number of threads.</summary>
internal sealed class FactorScorer(FactorModel model, IdIndex customers, IdIndex products, UnknownIds unknownIds, FactorColumns columns)
{
    /// <summary>The section that tells this kind of model from others.</summary>
    public const string Section = "factors";

    public FactorModel Model => model;

    public FactorColumns Columns => columns;

    public IdLookup Customers { get; } = new(customers);

    public IdLookup Products { get; } = new(products);

    /// <summary>A pair of which either side is unknown scores zero, which is what the factors say of a customer without purchases.</summary>
    public void Score(FactorQuestion question, FactorScore answer)
    {
        var (customer, product) = Find(question);
        answer.IsKnown = customer >= 0 && product >= 0;
        answer.Score = answer.IsKnown ? model.Score(model.Customer(customer), product) : 0;
    }

    /// <summary>The product's place among all products for the customer, 1 for the best; zero when either is unknown.</summary>
    public void Rank(FactorQuestion question, FactorRank answer)
    {
        answer.Rank = 0;
        var (customer, product) = Find(question);
        if (customer < 0 || product < 0)
            return;
        Load(question, customer);
        var own = question.Scores[product];
        var before = 0;
        for (var other = 0; other < question.Scores.Length; other++)
        {
            if (question.Scores[other] > own || (question.Scores[other] == own && other < product))
                before++;
        }

        answer.Rank = before + 1;
    }

    public string ToText() => StoredText.Of(Write);

    public static FactorScorer FromText(ReadOnlyMemory<char> text) => StoredText.Read(text, Read);

    private void Write(ModelFileWriter writer)
    {
        writer.Section("ids", section =>
        {
            section.WriteStrings(customers.Ids);
            section.WriteStrings(products.Ids);
            section.Write((int)unknownIds);
            section.WriteStrings([columns.Customer, columns.Product]);
        });
        writer.Section(Section, model.Write);
    }

    private static FactorScorer Read(ModelFileReader reader)
    {
        var (customers, products, unknownIds, names) = reader.Section(
            "ids",
            section => (new IdIndex(section.ReadStrings()), new IdIndex(section.ReadStrings()), (UnknownIds)section.ReadInt32(), section.ReadStrings()));
        var model = reader.Section(Section, FactorModel.Read);
        return model.CustomerCount == customers.Count && model.ProductCount == products.Count
            ? new FactorScorer(model, customers, products, unknownIds, new FactorColumns(names[0], names[1], null))
            : throw new ModelFormatException("the ids and the factors of the ML.NET model do not belong together");
    }

    private (int Customer, int Product) Find(FactorQuestion question) =>
        (Customers.Find(question.Customer, "customer", unknownIds), Products.Find(question.Product, "product", unknownIds));

    private void Load(FactorQuestion question, int customer)
    {
        if (question.ScoredCustomer == customer)
            return;
        if (question.Scores.Length != model.ProductCount)
            question.Scores = new float[model.ProductCount];
        var vector = model.Customer(customer);
        for (var product = 0; product < question.Scores.Length; product++)
            question.Scores[product] = model.Score(vector, product);
        question.ScoredCustomer = customer;
    }
}
