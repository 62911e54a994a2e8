using System.Globalization;
using Microsoft.ML;
using PostPurchase.Recommend.Factorization;
using PostPurchase.Recommend.MLNet.Factorization;

namespace PostPurchase.Recommend.MLNet.Tests;

internal static class Program
{
    /// <summary>The other process: it answers questions by a saved model that it knows nothing else of, or trains LIBMF.</summary>
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["scores", var model]:
                Print(model, Shop.Questions(Shop.Ids, Shop.Ids), (Answer a) => TextOf(a));
                return 0;
            case ["dates", var model, var asOf]:
                var day = DateTime.Parse(asOf, CultureInfo.InvariantCulture);
                var shop = Shop.Simulated();
                var questions = Shop.Questions(shop.Select(p => p.CustomerId).Distinct().Take(40), shop.Select(p => p.ProductId).Distinct(), day);
                Print(model, questions, (DatedAnswer a) => TextOf(a));
                return 0;
            case ["libmf"]:
                _ = new MatrixFactorizationTrainer().Train(InteractionMatrix.FromTriples(2, 2, [0, 1], [0, 1]));
                return 0;
            default:
                return 2;
        }
    }

    public static string TextOf(DatedAnswer a) =>
        string.Create(CultureInfo.InvariantCulture, $"{BitConverter.SingleToInt32Bits(a.Score)} {a.DueDate:O} {a.WindowFrom:O} {a.WindowUntil:O} {a.Evidence}");

    public static string TextOf(Answer a) => $"{BitConverter.SingleToInt32Bits(a.Score)} {a.IsKnown} {a.Rank}";

    private static void Print<TAnswer>(string model, List<Purchase> questions, Func<TAnswer, string> textOf)
        where TAnswer : class, new()
    {
        var mlContext = new MLContext();
        var loaded = mlContext.Model.Load(model, out _);
        foreach (var answer in mlContext.Data.CreateEnumerable<TAnswer>(loaded.Transform(mlContext.Data.LoadFromEnumerable(questions)), reuseRowObject: true))
            Console.WriteLine(textOf(answer));
    }
}
