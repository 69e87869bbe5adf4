using System.Text.Json;

namespace RouterGen.Gateway.Management;

/// <summary>Budgets that keys, teams and users refer to.</summary>
/// <param name="accounts">Changes accounts.</param>
internal sealed class BudgetEndpoints(AccountService accounts)
{
    private const string What = "such budget";

    /// <summary>Makes a budget.</summary>
    public async Task<Action<Utf8JsonWriter>> NewAsync(ManagementRequest request)
    {
        DateTimeOffset now = accounts.Now;
        string id = request.Body.ValueKind is JsonValueKind.Object && request.Body.TryGetProperty("budget_id"u8, out JsonElement wanted) ? AccountFields.Text("budget_id", wanted) ?? accounts.NewId() : accounts.NewId();
        GatewayAccount budget = await accounts.AddAsync(AccountFields.Apply(new GatewayAccount { Kind = AccountKind.Budget, Id = id, CreatedAt = now }, request.Body, now), $"a budget '{id}'").ConfigureAwait(false);
        return json => AccountWriter.WriteBudget(json, budget);
    }

    /// <summary>Changes a budget, for all that refer to it.</summary>
    public async Task<Action<Utf8JsonWriter>> UpdateAsync(ManagementRequest request)
    {
        GatewayAccount budget = await accounts.ChangeAsync(AccountKind.Budget, request.Required("budget_id"), What, one => AccountFields.Apply(one, request.Body, accounts.Now)).ConfigureAwait(false);
        return json => AccountWriter.WriteBudget(json, budget);
    }

    /// <summary>Returns budgets; those that there are none of are left out.</summary>
    public async Task<Action<Utf8JsonWriter>> InfoAsync(ManagementRequest request)
    {
        string[] ids = request.Texts("budgets");
        if (ids.Length == 0) throw ManagementError.Invalid("budgets", "must be an array of budgets.");
        var found = new List<GatewayAccount>();
        foreach (string id in ids)
        {
            if (await accounts.FindAsync(AccountKind.Budget, id).ConfigureAwait(false) is { } budget) found.Add(budget);
        }

        return WriteAll(found);
    }

    /// <summary>Lists all budgets.</summary>
    public async Task<Action<Utf8JsonWriter>> ListAsync(ManagementRequest request) => WriteAll(await accounts.ListAsync(AccountKind.Budget).ConfigureAwait(false));

    /// <summary>Deletes a budget. What refers to it has no limit by it any more, so that it is refused while something does.</summary>
    public async Task<Action<Utf8JsonWriter>> DeleteAsync(ManagementRequest request)
    {
        string id = request.Required("id");
        GatewayAccount budget = await accounts.GetAsync(AccountKind.Budget, id, What).ConfigureAwait(false);
        foreach (AccountKind kind in (AccountKind[])[AccountKind.Key, AccountKind.Team, AccountKind.User, AccountKind.Member, AccountKind.Customer, AccountKind.Organization])
        {
            if ((await accounts.ListAsync(kind).ConfigureAwait(false)).Any(account => account.BudgetId == id)) throw ManagementError.Conflict($"A {kind.ToString().ToLowerInvariant()} refers to the budget '{id}': without it, it would have no limit. Change that first.");
        }

        await accounts.DeleteAsync(AccountKind.Budget, id).ConfigureAwait(false);
        return json => AccountWriter.WriteBudget(json, budget);
    }

    private static Action<Utf8JsonWriter> WriteAll(List<GatewayAccount> budgets) => json =>
    {
        json.WriteStartArray();
        foreach (GatewayAccount budget in budgets) AccountWriter.WriteBudget(json, budget);
        json.WriteEndArray();
    };
}
