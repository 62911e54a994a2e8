namespace PostPurchase.Recommend.Tool.Input;

/// <summary>Whom to ask about: <c>customer_id[,as_of]</c>.</summary>
internal static class CustomersFile
{
    /// <summary>The customers in the order of the file; a line without a day of its own has none.</summary>
    public static List<(string CustomerId, DateOnly? AsOf)> Read(string path)
    {
        List<(string, DateOnly?)> customers = [];
        CsvRows.Read(path, [CsvColumn.Customer, CsvColumn.AsOf], fields =>
        {
            if (fields[1].Length == 0)
            {
                customers.Add((fields[0], null));
                return null;
            }

            if (!DateText.TryParse(fields[1], out var asOf))
                return $"as_of '{fields[1]}' is no date";
            customers.Add((fields[0], asOf));
            return null;
        });
        return customers;
    }

    /// <summary>The day of every customer; each must have one and stand there once.</summary>
    public static Dictionary<string, DateOnly> ReadDays(string path)
    {
        Dictionary<string, DateOnly> days = new(StringComparer.Ordinal);
        CsvRows.Read(path, [CsvColumn.Customer, CsvColumn.AsOf], fields =>
            fields[1].Length == 0 ? $"customer '{fields[0]}' has no as_of"
            : !DateText.TryParse(fields[1], out var asOf) ? $"as_of '{fields[1]}' is no date"
            : days.TryAdd(fields[0], asOf) ? null
            : $"customer '{fields[0]}' is listed twice");
        return days;
    }
}
