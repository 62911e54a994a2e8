using System.CommandLine;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using PostPurchase.Recommend.Orders;
using PostPurchase.Recommend.Tool.Output;

namespace PostPurchase.Recommend.Tool.Input;

/// <summary>Where a log is read from and how: the same options for every command that reads one.</summary>
internal sealed class LogOptions
{
    private readonly Argument<string?> _file;
    private readonly Option<string?> _sqlite = new("--sqlite")
    {
        Description = "Read the log from this SQLite database instead of a file.",
        HelpName = "FILE",
        Validators = { FileNames.CheckInput },
    };

    private readonly Option<string?> _postgres = new("--postgres")
    {
        Description = "Read the log from this PostgreSQL database instead of a file.",
        HelpName = "CONNECTION",
    };

    private readonly Option<string?> _query = new("--query")
    {
        Description = "The query whose rows are the log, with the columns of a CSV file.",
        HelpName = "SQL",
    };

    private readonly Option<string[]> _exclude = new("--exclude-products")
    {
        Description = "Products to leave out (postage, fees): ids or patterns with * and ?, separated by commas, or @FILE with one a line. May be given again.",
        HelpName = "LIST",
    };

    private readonly Option<string?> _catalog = new("--catalog")
    {
        Description = "What is known of the products beside the log: CSV with product_id and, where wanted, category, pack_size, consumable_ids and replenishment_group.",
        HelpName = "FILE",
        Validators = { FileNames.CheckInput },
    };

    private readonly Option<bool> _skipMalformed = new("--skip-malformed")
    {
        Description = "Leave malformed lines out and report them, instead of stopping at the first one.",
    };

    public LogOptions(string argumentName)
    {
        _file = new Argument<string?>(argumentName)
        {
            Description = "The log: CSV or CSV.gz with a header; - is standard input.",
            Arity = ArgumentArity.ZeroOrOne,
            Validators = { FileNames.Check },
        };
    }

    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_sqlite);
        command.Add(_postgres);
        command.Add(_query);
        command.Add(_exclude);
        command.Add(_catalog);
        command.Add(_skipMalformed);
        command.Validators.Add(result =>
        {
            var given = new[] { result.GetValue(_file), result.GetValue(_sqlite), result.GetValue(_postgres) }.Count(source => source is not null);
            var fromDatabase = result.GetValue(_sqlite) is not null || result.GetValue(_postgres) is not null;
            if (given != 1)
                result.AddError($"Give one log: {_file.Name}, --sqlite or --postgres.");
            else if (fromDatabase != result.GetValue(_query) is not null)
                result.AddError("--query belongs to --sqlite or --postgres, and each of them needs it.");
        });
    }

    /// <summary>Whether malformed lines are left out: their report is then shown to whoever runs the tool, redirected or not.</summary>
    public bool SkipsMalformed(ParseResult parsed) => parsed.GetValue(_skipMalformed);

    /// <summary>What the log is called in messages.</summary>
    public string Name(ParseResult parsed) =>
        IsStandardInput(parsed) ? "standard input" : parsed.GetValue(_file) ?? parsed.GetValue(_sqlite) ?? "PostgreSQL";

    /// <summary>The files that are read.</summary>
    public IEnumerable<string?> Files(ParseResult parsed) =>
    [
        IsStandardInput(parsed) ? "/dev/stdin" : parsed.GetValue(_file),
        parsed.GetValue(_sqlite),
        parsed.GetValue(_catalog),
        .. (parsed.GetValue(_exclude) ?? []).Where(IsFileOfProducts).Select(list => list[1..]),
    ];

    /// <summary>How to read, before a command's own wishes.</summary>
    public IngestOptions Ingest(ParseResult parsed, CancellationToken cancellation) => new()
    {
        ExcludeProducts = ExcludedProducts(parsed.GetValue(_exclude) ?? []),
        Catalog = parsed.GetValue(_catalog) is { } catalog ? CatalogFile.Read(catalog) : null,
        MalformedLines = SkipsMalformed(parsed) ? MalformedLines.Reject : MalformedLines.Throw,
        Cancellation = cancellation,
    };

    /// <summary>Reads the log.</summary>
    public PurchaseHistory Read(ParseResult parsed, IngestOptions ingest)
    {
        if (IsQuery(parsed))
            return Query(parsed, rows => PurchaseHistory.FromDatabase(rows, ingest));
        if (!IsStandardInput(parsed))
            return PurchaseHistory.FromCsv(parsed.GetValue(_file)!, ingest);
        using var input = Console.OpenStandardInput();
        return PurchaseHistory.FromCsv(input, Name(parsed), ingest);
    }

    /// <summary>Keeps a log that would not be the same when it is read again; <see langword="null"/> for a file, which is.</summary>
    public LogSpool? Spool(ParseResult parsed, CancellationToken cancellation)
    {
        var file = parsed.GetValue(_file);
        if (file is not null && !IsStandardInput(parsed) && FileStatus.Of(file).Kind != FileKind.Special)
            return null;
        var spool = new LogSpool(file is null ? "query" : Name(parsed));
        try
        {
            if (file is null)
            {
                Query(parsed, rows =>
                {
                    spool.Keep(rows, cancellation);
                    return true;
                });
                return spool;
            }

            using var input = IsStandardInput(parsed) ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
            spool.Keep(input, cancellation);
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    private bool IsStandardInput(ParseResult parsed) => parsed.GetValue(_file) == "-";

    private bool IsQuery(ParseResult parsed) => parsed.GetValue(_file) is null;

    private T Query<T>(ParseResult parsed, Func<DbDataReader, T> read)
    {
        var query = parsed.GetValue(_query)!;
        return parsed.GetValue(_sqlite) is { } database ? QuerySqlite(database, query, read) : QueryPostgres(parsed.GetValue(_postgres)!, query, read);
    }

    private static T QuerySqlite<T>(string file, string query, Func<DbDataReader, T> read)
    {
        if (!File.Exists(file))
            throw new MalformedInputException(file, 0, "the file does not exist");
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        try
        {
            using var connection = new SqliteConnection(connectionString.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The query is the user's own, run with the user's own rights.
            command.CommandText = query;
#pragma warning restore CA2100
            using var rows = command.ExecuteReader();
            return read(rows);
        }
        catch (SqliteException cause)
        {
            throw new MalformedInputException(file, 0, cause.Message, cause);
        }
    }

    private static T QueryPostgres<T>(string connectionString, string query, Func<DbDataReader, T> read)
    {
        try
        {
            using var connection = new NpgsqlConnection(connectionString);
            connection.Open();
#pragma warning disable CA2100 // The query is the user's own, run with the user's own rights.
            using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
            using var rows = command.ExecuteReader();
            return read(rows);
        }
        catch (Exception cause) when (cause is NpgsqlException or ArgumentException or System.Net.Sockets.SocketException)
        {
            // Never the connection string: it may hold a password.
            throw new MalformedInputException("PostgreSQL", 0, cause.Message, cause);
        }
        catch (KeyNotFoundException cause)
        {
            // What the driver makes of a text that is no connection string.
            throw new MalformedInputException("PostgreSQL", 0, "the connection string is none; write it as Host=...;Database=...;Username=...", cause);
        }
    }

    private static bool IsFileOfProducts(string list) => list.StartsWith('@');

    private static string[] ExcludedProducts(string[] lists)
    {
        List<string> excluded = [];
        foreach (var list in lists)
        {
            if (!IsFileOfProducts(list))
            {
                excluded.AddRange(list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                continue;
            }

            var path = list[1..];
            if (!File.Exists(path))
                throw new MalformedInputException(path, 0, "the file does not exist");
            excluded.AddRange(File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0));
        }

        return [.. excluded];
    }
}
