using System.Globalization;
using System.Text.Json;

namespace RouterGen.Gateway.Management;

/// <summary>What was spent: https://docs.litellm.ai/docs/proxy/cost_tracking. Days are in UTC.</summary>
/// <param name="accounts">Reads the store.</param>
/// <param name="flush">Has costs that wait written.</param>
internal sealed class SpendEndpoints(AccountService accounts, Func<Task> flush)
{
    private const int MostRows = 10_000;
    private const string WithoutTeam = "Unassigned Team";

    /// <summary>Lists requests, the latest first; where days are given, adds them up by day unless <c>summarize=false</c>.</summary>
    public async Task<Action<Utf8JsonWriter>> LogsAsync(ManagementRequest request)
    {
        await flush().ConfigureAwait(false);
        bool hasDays = request.Query("start_date") is not null && request.Query("end_date") is not null;
        SpendQuery query = QueryOf(request) with { Id = request.Query("request_id") };
        if (hasDays && query.Id is null && request.Flag("summarize", usual: true)) return await SummarizeAsync(query).ConfigureAwait(false);
        int page = request.Number("page", 1, 1_000_000);
        int size = request.Number("page_size", 1000, MostRows);
        SpendPage found = await accounts.Store.ReadAsync(query with { Offset = (int)Math.Min((long)(page - 1) * size, int.MaxValue), Limit = size }, CancellationToken.None).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartArray();
            foreach (GatewaySpend row in found.Rows) WriteRow(json, row);
            json.WriteEndArray();
        };
    }

    /// <summary>Adds up what was spent: by day and team, by day and customer, or by key.</summary>
    public async Task<Action<Utf8JsonWriter>> ReportAsync(ManagementRequest request)
    {
        if (request.Query("start_date") is null || request.Query("end_date") is null) throw ManagementError.Invalid("start_date", "start_date and end_date must be days, such as 2026-01-31.");
        await flush().ConfigureAwait(false);
        SpendQuery query = QueryOf(request) with { UserId = request.Query("internal_user_id") };
        string by = request.Query("group_by") ?? (query.KeyId is not null || query.UserId is not null ? "api_key" : "team");
        return by switch
        {
            "team" => await ByDayAsync(query, SpendParts.Team, "teams", "team_name", await TeamNamesAsync().ConfigureAwait(false)).ConfigureAwait(false),
            "customer" => await ByDayAsync(query, SpendParts.EndUser, "customers", "customer", static sum => sum.EndUser ?? "").ConfigureAwait(false),
            "api_key" => await ByKeyAsync(query).ConfigureAwait(false),
            _ => throw ManagementError.Invalid("group_by", "must be team, customer or api_key."),
        };
    }

    /// <summary>Adds up what was spent by tag.</summary>
    public async Task<Action<Utf8JsonWriter>> TagsAsync(ManagementRequest request)
    {
        await flush().ConfigureAwait(false);
        IReadOnlyList<SpendSum> sums = await accounts.Store.SumAsync(QueryOf(request), SpendParts.Tag, CancellationToken.None).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartArray();
            foreach (SpendSum sum in sums)
            {
                json.WriteStartObject();
                json.WriteString("individual_request_tag"u8, sum.Tag);
                json.WriteNumber("log_count"u8, sum.Requests);
                json.WriteNumber("total_spend"u8, sum.Cost);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };
    }

    private static SpendQuery QueryOf(ManagementRequest request)
    {
        DateTimeOffset? end = request.Date("end_date");
        bool isDay = end is { } moment && moment.TimeOfDay == TimeSpan.Zero; // A day counts with all of it.
        return new SpendQuery
        {
            From = request.Date("start_date") ?? DateTimeOffset.UnixEpoch,
            Until = end is { } until ? isDay ? until.AddDays(1) : until : new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero),
            KeyId = request.Query("api_key") is { } key ? KeyEndpoints.IdOf(key) : null,
            TeamId = request.Query("team_id"),
            UserId = request.Query("user_id"),
            EndUser = request.Query("customer_id") ?? request.Query("end_user"),
        };
    }

    private async Task<Action<Utf8JsonWriter>> SummarizeAsync(SpendQuery query)
    {
        IReadOnlyList<SpendSum> sums = await accounts.Store.SumAsync(query, SpendParts.Day | SpendParts.User | SpendParts.Model | SpendParts.Key, CancellationToken.None).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartArray();
            foreach (IGrouping<DateOnly?, SpendSum> day in sums.GroupBy(static sum => sum.Day))
            {
                json.WriteStartObject();
                json.WriteString("startTime"u8, Day(day.Key));
                json.WriteNumber("spend"u8, day.Sum(static sum => sum.Cost));
                WriteSums(json, "users", day, static sum => sum.UserId ?? "");
                WriteSums(json, "models", day, static sum => sum.Model ?? "");
                WriteSums(json, "api_keys", day, static sum => sum.KeyId ?? "");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };
    }

    private async Task<Action<Utf8JsonWriter>> ByDayAsync(SpendQuery query, SpendParts part, string list, string name, Func<SpendSum, string> nameOf)
    {
        IReadOnlyList<SpendSum> sums = await accounts.Store.SumAsync(query, SpendParts.Day | SpendParts.Key | SpendParts.Model | part, CancellationToken.None).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartArray();
            foreach (IGrouping<DateOnly?, SpendSum> day in sums.GroupBy(static sum => sum.Day))
            {
                json.WriteStartObject();
                json.WriteString("group_by_day"u8, $"{Day(day.Key)}T00:00:00+00:00");
                json.WriteStartArray(list);
                foreach (IGrouping<string, SpendSum> one in day.GroupBy(nameOf, StringComparer.Ordinal))
                {
                    json.WriteStartObject();
                    json.WriteString(name, one.Key);
                    json.WriteNumber("total_spend"u8, one.Sum(static sum => sum.Cost));
                    json.WriteStartArray("metadata"u8);
                    foreach (SpendSum sum in one)
                    {
                        json.WriteStartObject();
                        json.WriteString("model"u8, sum.Model);
                        json.WriteNumber("spend"u8, sum.Cost);
                        json.WriteNumber("total_tokens"u8, sum.InputTokens + sum.OutputTokens);
                        json.WriteString("api_key"u8, sum.KeyId);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };
    }

    private async Task<Action<Utf8JsonWriter>> ByKeyAsync(SpendQuery query)
    {
        IReadOnlyList<SpendSum> sums = await accounts.Store.SumAsync(query, SpendParts.Key | SpendParts.Model, CancellationToken.None).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartArray();
            foreach (IGrouping<string?, SpendSum> key in sums.GroupBy(static sum => sum.KeyId, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("api_key"u8, key.Key);
                WriteTotals(json, key);
                json.WriteStartArray("model_details"u8);
                foreach (SpendSum sum in key)
                {
                    json.WriteStartObject();
                    json.WriteString("model"u8, sum.Model);
                    WriteTotals(json, [sum]);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };
    }

    private async ValueTask<Func<SpendSum, string>> TeamNamesAsync()
    {
        var names = (await accounts.ListAsync(AccountKind.Team).ConfigureAwait(false)).ToDictionary(static team => team.Id, static team => team.Alias ?? team.Id, StringComparer.Ordinal);
        return sum => sum.TeamId is { } id ? names.GetValueOrDefault(id, id) : WithoutTeam;
    }

    private static void WriteTotals(Utf8JsonWriter json, IEnumerable<SpendSum> sums)
    {
        json.WriteNumber("total_cost"u8, sums.Sum(static sum => sum.Cost));
        json.WriteNumber("total_input_tokens"u8, sums.Sum(static sum => sum.InputTokens));
        json.WriteNumber("total_output_tokens"u8, sums.Sum(static sum => sum.OutputTokens));
    }

    private static void WriteSums(Utf8JsonWriter json, string name, IEnumerable<SpendSum> sums, Func<SpendSum, string> by)
    {
        json.WriteStartObject(name);
        foreach (IGrouping<string, SpendSum> one in sums.GroupBy(by, StringComparer.Ordinal)) json.WriteNumber(one.Key, one.Sum(static sum => sum.Cost));
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, GatewaySpend row)
    {
        json.WriteStartObject();
        json.WriteString("request_id"u8, row.Id);
        json.WriteString("call_type"u8, row.Endpoint);
        json.WriteString("api_key"u8, row.KeyId ?? "");
        json.WriteNumber("spend"u8, row.Cost);
        json.WriteNumber("total_tokens"u8, row.InputTokens + row.OutputTokens);
        json.WriteNumber("prompt_tokens"u8, row.InputTokens);
        json.WriteNumber("completion_tokens"u8, row.OutputTokens);
        AccountWriter.WriteDate(json, "startTime"u8, row.At);
        AccountWriter.WriteDate(json, "endTime"u8, row.At + row.Duration);
        json.WriteNumber("request_duration_ms"u8, (long)row.Duration.TotalMilliseconds);
        json.WriteString("model"u8, row.Model);
        json.WriteString("model_id"u8, row.Deployment);
        json.WriteString("model_group"u8, row.Group);
        json.WriteString("custom_llm_provider"u8, row.Model.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? row.Model[..slash] : "");
        json.WriteString("user"u8, row.UserId ?? "");
        json.WriteString("team_id"u8, row.TeamId);
        json.WriteString("end_user"u8, row.EndUser ?? "");
        AccountWriter.WriteTexts(json, "request_tags"u8, row.Tags);
        json.WriteString("status"u8, row.Status < 400 ? "success" : "failure");
        json.WriteStartObject("metadata"u8);
        json.WriteNumber("status_code"u8, row.Status);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
