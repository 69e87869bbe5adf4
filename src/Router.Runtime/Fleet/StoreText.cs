using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RouterGen.Infrastructure;

/// <summary>
/// Reports and answers as JSON, for stores whose exchange is a function of their own server. Names are one letter and lists stand for objects, because an exchange comes each second; times are whole milliseconds.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StoreText
{
    /// <summary>
    /// Writes a report: <c>f</c> fleet, <c>i</c> instance, <c>s</c> sequence, <c>l</c> lifetime, <c>v</c> controls seen, <c>x</c> is last, <c>m</c> summary, <c>r</c> rates as
    /// [scope, per minute, debt, returned, wanted, least], <c>a</c> amounts as [scope, cap, period, spent, used, wanted, least], <c>c</c> cooldowns as [scope, remaining, cause, status], <c>o</c> controls as
    /// [scope, state, weight].
    /// </summary>
    /// <param name="report">The report.</param>
    public static string Write(StoreReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("f", report.Fleet);
        json.WriteString("i", report.Instance);
        json.WriteNumber("s", report.Sequence);
        json.WriteNumber("l", Milliseconds(report.Lifetime));
        json.WriteNumber("v", report.ControlsSeen);
        json.WriteBoolean("x", report.IsLast);
        if (report.Summary is { } summary) json.WriteString("m", summary);
        WriteAll(json, "r", report.Rates, static (json, wish) =>
        {
            json.WriteStringValue(wish.Scope);
            foreach (long value in (ReadOnlySpan<long>)[wish.PerMinute, wish.Debt, wish.Returned, wish.Wanted, wish.Least]) json.WriteNumberValue(value);
        });
        WriteAll(json, "a", report.Amounts, static (json, wish) =>
        {
            json.WriteStringValue(wish.Scope);
            json.WriteNumberValue(wish.Cap);
            json.WriteStringValue(NameOf(wish.Period));
            foreach (long value in (ReadOnlySpan<long>)[wish.Spent, wish.Used, wish.Wanted, wish.Least]) json.WriteNumberValue(value);
        });
        WriteAll(json, "c", report.Cooldowns, static (json, cooldown) =>
        {
            json.WriteStringValue(cooldown.Scope);
            json.WriteNumberValue(Milliseconds(cooldown.Remaining));
            json.WriteStringValue(cooldown.Cause.ToString());
            if (cooldown.StatusCode is { } status) json.WriteNumberValue(status);
            else json.WriteNullValue();
        });
        WriteAll(json, "o", report.Controls, static (json, control) =>
        {
            json.WriteStringValue(control.Scope);
            json.WriteStringValue(control.State);
            if (control.Weight is { } weight) json.WriteNumberValue(weight);
            else json.WriteNullValue();
        });
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// Reads an answer: <c>n</c> instances, <c>v</c> controls seen, <c>r</c> rates as [granted, headroom, opens in, instances], <c>a</c> amounts as [held, spent, ends in, instances], <c>c</c> and <c>o</c> as in
    /// reports. An empty object stands for an empty list, since Lua does not tell them apart.
    /// </summary>
    /// <param name="json">The answer.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static StoreAnswer Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return new StoreAnswer
            {
                Instances = root.GetProperty("n").GetInt32(),
                ControlsSeen = root.GetProperty("v").GetInt64(),
                Rates = ReadAll(root, "r", static one => new RateGrant(Whole(one[0]), one[1].GetDouble(), Time(one[2]), one[3].GetInt32())),
                Amounts = ReadAll(root, "a", static one => new AmountGrant(Whole(one[0]), Whole(one[1]), Time(one[2]), one[3].GetInt32())),
                Cooldowns = ReadAll(root, "c", static one => new SharedCooldown(one[0].GetString()!, Time(one[1]), Enum.TryParse(one[2].GetString(), out FailureKind cause) ? cause : FailureKind.Overloaded, Status(one[3]))),
                Controls = ReadAll(root, "o", static one => new SharedControl(one[0].GetString()!, one[1].GetString(), one[2].ValueKind is JsonValueKind.Number ? one[2].GetDouble() : null)),
            };
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new JsonException("The store's answer has another form than this version of RouterGen knows.", exception);
        }
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> all, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T one in all)
        {
            json.WriteStartArray();
            write(json, one);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static T[] ReadAll<T>(JsonElement root, string name, Func<JsonElement, T> read)
    {
        JsonElement all = root.GetProperty(name);
        return all.ValueKind is JsonValueKind.Array ? [.. all.EnumerateArray().Select(read)] : [];
    }

    // Whole numbers of more than 14 digits are strings, where a server has doubles alone.
    private static long Whole(JsonElement number) => number.ValueKind is JsonValueKind.String ? long.Parse(number.GetString()!, CultureInfo.InvariantCulture) : number.GetInt64();

    private static TimeSpan Time(JsonElement milliseconds) => TimeSpan.FromMilliseconds(Whole(milliseconds));

    private static int? Status(JsonElement status) => status.ValueKind is JsonValueKind.Number ? status.GetInt32() : null;

    private static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

    private static string? NameOf(BudgetPeriod? period) => period switch
    {
        null => null,
        BudgetPeriod.Minute => "minute",
        BudgetPeriod.Hour => "hour",
        BudgetPeriod.Day => "day",
        _ => "month",
    };
}
