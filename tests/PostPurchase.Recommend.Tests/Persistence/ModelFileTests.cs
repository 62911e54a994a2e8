using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Persistence;
using PostPurchase.Recommend.Tests.Orders;

namespace PostPurchase.Recommend.Tests.Persistence;

public sealed class ModelFileTests
{
    [Fact]
    public void Values_come_back_as_they_were_written()
    {
        var bytes = Write(("numbers", w =>
        {
            w.Write(-7);
            w.Write(1L << 40);
            w.Write(-0.1);
            w.Write(true);
            w.Write("größe");
            w.WriteArray<float>([1.5f, float.MaxValue]);
            w.WriteArray<byte>([]);
            w.WriteStrings(["a", ""]);
        }
        ), ("empty", _ => { }
        ));
        var reader = new ModelFileReader(new MemoryStream(bytes));
        var read = reader.Section("numbers", r =>
            (r.ReadInt32(), r.ReadInt64(), r.ReadDouble(), r.ReadBoolean(), r.ReadString(), r.ReadArray<float>(2), r.ReadArray<byte>(), r.ReadStrings()));
        Assert.Equal((-7, 1L << 40, -0.1, true, "größe"), (read.Item1, read.Item2, read.Item3, read.Item4, read.Item5));
        Assert.Equal([1.5f, float.MaxValue], read.Item6);
        Assert.Empty(read.Item7);
        Assert.Equal(["a", ""], read.Rest.Item1);
        Assert.True(reader.Has("empty"));
        Assert.Equal(1, reader.Section("empty", _ => 1));
        Assert.Contains("'other'", Assert.Throws<ModelFormatException>(() => reader.Section("other", _ => 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_comes_back_whole()
    {
        var lines = RandomLines.Draw(3, 300);
        lines.AddRange(lines.Take(50).Select(l => l with { Kind = InteractionKind.Cart, Category = "k" + l.ProductId }).ToList());
        lines.Add(new OrderLine("z", "p1", new DateTime(2024, 2, 1)) { DeliveredAt = new DateTime(2024, 2, 3) });
        var catalog = new ProductCatalog([new CatalogProduct("p1", null) { ReplenishmentGroup = "need", ConsumableIds = ["p2"] }]);
        var columns = PurchaseHistory.From(lines, new IngestOptions { Catalog = catalog }).Columns;
        Assert.Contains((byte)1, columns.GroupIsNeed);
        Assert.Contains((byte)0, columns.GroupIsNeed);
        Assert.Single(columns.Consumable);
        var reader = new ModelFileReader(new MemoryStream(Write(("history", w => HistorySection.Write(columns, w)))));
        var back = reader.Section("history", HistorySection.Read);
        SameColumns.Check(columns, back);
        Assert.Equal((columns.FirstDay, columns.LastDay), (back.FirstDay, back.LastDay));
    }

    [Fact]
    public void Every_flipped_byte_and_every_cut_is_noticed()
    {
        var columns = PurchaseHistory.From(RandomLines.Draw(4, 40)).Columns;
        var bytes = Write(("history", w => HistorySection.Write(columns, w)), ("more", w => w.Write(5)));
        for (var i = 0; i < bytes.Length; i++)
        {
            if (i is >= 8 and < 12)
                continue; // the writer's version is information only, and covered by the table's hash below
            var damaged = bytes.ToArray();
            damaged[i] ^= 0x40;
            Assert.Throws<ModelFormatException>(() => ReadAll(damaged));
            Assert.Throws<ModelFormatException>(() => ReadAll(bytes[..i]));
        }

        var otherVersion = bytes.ToArray();
        otherVersion[8] ^= 1;
        Assert.Throws<ModelFormatException>(() => ReadAll(otherVersion));
    }

    [Fact]
    public void Damage_behind_a_valid_checksum_still_cannot_crash_or_allocate()
    {
        var columns = PurchaseHistory.From(RandomLines.Draw(4, 40)).Columns;
        using var section = new MemoryStream();
        HistorySection.Write(columns, new SectionWriter(section));
        var good = section.ToArray();
        var random = new SeededRandom(9);
        var refused = 0;
        for (var round = 0; round < 2000; round++)
        {
            var bad = good.ToArray();
            for (var hits = 0; hits < 3; hits++)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                HistorySection.Read(new SectionReader("history", new MemoryStream(bad), bad.Length));
            }
            catch (ModelFormatException)
            {
                refused++;
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        }

        Assert.True(refused > 1000, $"only {refused} of 2000 were refused");
    }

    [Fact]
    public void A_newer_least_version_is_refused_by_number()
    {
        var bytes = Write();
        bytes[12] = 99;
        Assert.Contains("version 99", Assert.Throws<ModelFormatException>(() => ReadAll(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_save_leaves_the_old_file_and_nothing_else()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "m.model");
            ModelFile.Save(path, w => w.Section("a", s => s.Write(1)));
            var old = File.ReadAllBytes(path);
            Assert.Throws<InvalidOperationException>(() => ModelFile.Save(path, w =>
            {
                w.Section("a", s => s.Write(2));
                throw new InvalidOperationException("stop");
            }));
            Assert.Equal(old, File.ReadAllBytes(path));
            Assert.Equal("m.model", Path.GetFileName(Assert.Single(Directory.GetFiles(folder.FullName))));
            Assert.Equal(1, ModelFile.Load(path, r => r.Section("a", s => s.ReadInt32())));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_section_with_bytes_left_over_is_refused()
    {
        var reader = new ModelFileReader(new MemoryStream(Write(("a", w => w.Write(1L)))));
        Assert.Contains("left over", Assert.Throws<ModelFormatException>(() => reader.Section("a", r => r.ReadInt32())).Message, StringComparison.Ordinal);
    }

    private static byte[] Write(params (string Name, Action<SectionWriter> Write)[] sections)
    {
        using var stream = new MemoryStream();
        var writer = new ModelFileWriter(stream);
        foreach (var (name, write) in sections)
            writer.Section(name, write);
        writer.Finish();
        return stream.ToArray();
    }

    private static void ReadAll(byte[] bytes)
    {
        var reader = new ModelFileReader(new MemoryStream(bytes));
        reader.Section("history", HistorySection.Read);
        reader.Section("more", r => r.ReadInt32());
    }
}
