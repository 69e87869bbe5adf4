using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RouterGen;

/// <summary>Entries of a ledger as files for other programs, and as a report for people.</summary>
public static class SpendExport
{
    private static readonly string[] Columns =
        ["id", "at", "call_id", "group", "deployment", "model", "kind", "purpose", "outcome", "caller", "session", "tags", "input_tokens", "output_tokens", "cost_usd", "estimated", "callers_key", "duration_ms"];

    /// <summary>Writes the entries of a period as CSV (RFC 4180), with a line of names first. A text that a spreadsheet would take for a formula has an apostrophe in front.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="writer">Where it is written.</param>
    /// <param name="from">The first moment of the period.</param>
    /// <param name="until">The first moment after it.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    public static async Task ExportCsvAsync(this SpendLedger ledger, TextWriter writer, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(writer);
        await writer.WriteAsync(string.Join(',', Columns) + "\r\n").ConfigureAwait(false);
        var line = new StringBuilder();
        await foreach (SpendEntry entry in ledger.Store.ReadAsync(from, until, cancellationToken).ConfigureAwait(false))
        {
            line.Clear();
            foreach (object? value in ValuesOf(entry)) line.Append(line.Length == 0 ? "" : ",").Append(Cell(value));
            await writer.WriteAsync(line.Append("\r\n"), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the entries of a period as JSON Lines: one object a line, with the same names as the columns of CSV. What is not known is null.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="stream">Where it is written, as UTF-8.</param>
    /// <param name="from">The first moment of the period.</param>
    /// <param name="until">The first moment after it.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    public static async Task ExportJsonAsync(this SpendLedger ledger, Stream stream, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(stream);
        using var line = new MemoryStream();
        using var json = new Utf8JsonWriter(line);
        await foreach (SpendEntry entry in ledger.Store.ReadAsync(from, until, cancellationToken).ConfigureAwait(false))
        {
            line.SetLength(0);
            json.Reset();
            json.WriteStartObject();
            int column = 0;
            foreach (object? value in ValuesOf(entry)) Write(json, Columns[column++], value);
            json.WriteEndObject();
            json.Flush();
            line.WriteByte((byte)'\n');
            await stream.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns a month's spending as Markdown: the total, and a table each by group, deployment, model, caller and tag.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="year">The year, 1 to 9999.</param>
    /// <param name="month">The month, 1 to 12, in UTC.</param>
    /// <param name="cancellationToken">Cancels the report.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such month.</exception>
    public static async Task<string> ReportMonthAsync(this SpendLedger ledger, int year, int month, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var from = new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset until = from.AddMonths(1);
        var report = new StringBuilder();
        SpendTotal all = (await ledger.SumAsync(SpendDimension.All, from, until, cancellationToken).ConfigureAwait(false)).FirstOrDefault() ?? new("", 0, 0, 0, 0, 0, 0);
        report.Append(CultureInfo.InvariantCulture, $"# Spending in {from:yyyy-MM}\n\n{Usd(all.Cost)} for {all.Attempts:N0} attempts, of which {all.Failures:N0} failed.");
        if (all.Unpriced > 0) report.Append(CultureInfo.InvariantCulture, $" No price is known of {all.Unpriced:N0} of them: they are not in these sums.");
        report.Append('\n');
        foreach (SpendDimension by in (SpendDimension[])[SpendDimension.Group, SpendDimension.Deployment, SpendDimension.Model, SpendDimension.Caller, SpendDimension.Tag])
        {
            IReadOnlyList<SpendTotal> totals = await ledger.SumAsync(by, from, until, cancellationToken).ConfigureAwait(false);
            if (totals.All(static total => total.Name.Length == 0)) continue;
            report.Append(CultureInfo.InvariantCulture, $"\n| {by} | cost | share | attempts | failed | input tokens | output tokens |\n|---|---:|---:|---:|---:|---:|---:|\n");
            foreach (SpendTotal total in totals)
            {
                string share = all.Cost > 0 ? string.Create(CultureInfo.InvariantCulture, $"{total.Cost / all.Cost * 100:F1} %") : "–";
                report.Append(CultureInfo.InvariantCulture, $"| {(total.Name.Length == 0 ? "(none)" : Escape(total.Name))} | {Usd(total.Cost)} | {share} | {total.Attempts:N0} | {total.Failures:N0} | {total.InputTokens:N0} | {total.OutputTokens:N0} |\n");
            }
        }

        return report.ToString();
    }

    private static object?[] ValuesOf(SpendEntry entry) =>
    [
        entry.Id, entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), entry.CallId, entry.Group, entry.Deployment, entry.Model, entry.Kind.ToString(), entry.Purpose.ToString(), entry.Outcome.ToString(),
        entry.Caller, entry.Session, entry.Tags, entry.InputTokens, entry.OutputTokens, entry.Cost, entry.IsEstimated, entry.IsCallersKey, (long)entry.Duration.TotalMilliseconds,
    ];

    private static string Cell(object? value)
    {
        string text = value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            IReadOnlyList<string> tags => string.Join(';', tags),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        if (value is string or IReadOnlyList<string> && text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case string text: json.WriteString(name, text); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case long number: json.WriteNumber(name, number); break;
            case decimal number: json.WriteNumber(name, number); break;
            case IReadOnlyList<string> tags:
                json.WriteStartArray(name);
                foreach (string tag in tags) json.WriteStringValue(tag);
                json.WriteEndArray();
                break;
        }
    }

    private static string Usd(decimal cost) => string.Create(CultureInfo.InvariantCulture, $"${cost:#,##0.00####}");

    private static string Escape(string name) => name.Replace("|", "\\|", StringComparison.Ordinal).Replace("\r", " ", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
