using PostPurchase.Recommend.Complements;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Ranking;
using PostPurchase.Recommend.Replenishment;

namespace PostPurchase.Recommend;

/// <content>Saving and loading; the layout of the file is in Persistence/FORMAT.md.</content>
public sealed partial class PostPurchaseModel
{
    /// <summary>Saves the model to a file, whole or not at all: it is written beside the target and renamed when complete.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelFile.Save(path, Write);
    }

    /// <summary>Saves the model to a stream, strictly forward; the stream is left open.</summary>
    /// <param name="stream">The stream; it need not be able to seek.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var writer = new ModelFileWriter(stream);
        Write(writer);
        writer.Finish();
    }

    /// <summary>Loads a model from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFormatException">The file is no model, is damaged, or was written by another build of this library with other models inside.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PostPurchaseModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelFile.Load(path, Read);
    }

    /// <summary>Loads a model from a stream; the stream is left open.</summary>
    /// <param name="stream">The stream; it must be able to seek, and hold the model and nothing else.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="ModelFormatException">The stream holds no model, a damaged one, or one of another build of this library with other models inside.</exception>
    public static PostPurchaseModel Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream must be able to seek.", nameof(stream));
        return Read(new ModelFileReader(stream));
    }

    /// <summary>Counts the changes that no name in <see cref="Layout"/> tells of, such as what a feature of replenishment means.</summary>
    internal const int LayoutRevision = 5;

    // What a model learned is read by place and by number: a build that places or numbers things differently must not read it.
    private static string[] Layout =>
    [
        $"revision {LayoutRevision}",
        $"replenishment: {PairFeatures.Count} features, {ProductTrends.ColumnCount} trends, hazards until {string.Join(' ', HazardSegments.End)}",
        $"ranking: {LinearInputs.Count} inputs, features {string.Join(' ', Enum.GetNames<RankingFeature>())}",
    ];

    private void Write(ModelFileWriter writer)
    {
        writer.Section("layout", section =>
        {
            section.Write(BuildVersion);
            section.WriteStrings(Layout);
        });
        writer.Section("history", section => HistorySection.Write(_columns, section));
        writer.Section("replenishment", _replenishment.Write);
        if (_groups is not null)
            writer.Section("groups", _groups.Model.Write);
        writer.Section("complements", _complements.Write);
        writer.Section("ranking", _ranking.Write);
    }

    private static string BuildVersion => typeof(PostPurchaseModel).Assembly.GetName().Version?.ToString(3) ?? "";

    private static void CheckLayout(ModelFileReader reader)
    {
        var (build, layout) = reader.Has("layout")
            ? reader.Section("layout", section => (Build: section.ReadString(), Layout: section.ReadStrings()))
            : ("an early one", []);
        if (!layout.AsSpan().SequenceEqual(Layout))
        {
            throw new ModelFormatException(
                $"the model file was written by another build of the library ({build}; this one is {BuildVersion}), whose models look different inside: train the model again");
        }
    }

    private static PostPurchaseModel Read(ModelFileReader reader)
    {
        CheckLayout(reader);
        var columns = reader.Section("history", HistorySection.Read);
        return new PostPurchaseModel(
            columns,
            reader.Section("replenishment", ReplenishmentModel.Read),
            columns.HasFamilies ? reader.Section("groups", ReplenishmentModel.Read) : null,
            reader.Section("complements", section => ComplementModel.Read(section, columns.Products.Count)),
            reader.Section("ranking", section => RankingModel.Read(section, columns)));
    }
}
