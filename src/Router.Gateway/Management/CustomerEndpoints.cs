using System.Text.Json;

namespace RouterGen.Gateway.Management;

/// <summary>
/// Customers, whom requests name as their end users: https://docs.litellm.ai/docs/proxy/customers. Those that are made here have limits; any other end user is no more than a name in a request's row.
/// </summary>
/// <param name="accounts">Changes accounts.</param>
internal sealed class CustomerEndpoints(AccountService accounts)
{
    private const string What = "such customer";

    /// <summary>Makes a customer.</summary>
    public async Task<Action<Utf8JsonWriter>> NewAsync(ManagementRequest request)
    {
        string id = IdOf(request.Required("user_id"));
        return Write(await accounts.ViewAsync(await accounts.AddAsync(AccountFields.Apply(New(id), request.Body, accounts.Now), $"a customer '{id}'").ConfigureAwait(false)).ConfigureAwait(false));
    }

    /// <summary>Changes a customer.</summary>
    public async Task<Action<Utf8JsonWriter>> UpdateAsync(ManagementRequest request) =>
        Write(await accounts.ViewAsync(await accounts.ChangeAsync(AccountKind.Customer, request.Required("user_id"), What, customer => AccountFields.Apply(customer, request.Body, accounts.Now)).ConfigureAwait(false)).ConfigureAwait(false));

    /// <summary>Returns a customer, and what it spent.</summary>
    public async Task<Action<Utf8JsonWriter>> InfoAsync(ManagementRequest request) =>
        Write(await accounts.ViewAsync(await accounts.GetAsync(AccountKind.Customer, request.RequiredQuery("end_user_id"), What).ConfigureAwait(false)).ConfigureAwait(false));

    /// <summary>Lists all customers.</summary>
    public async Task<Action<Utf8JsonWriter>> ListAsync(ManagementRequest request)
    {
        AccountView[] customers = await accounts.ViewAsync(await accounts.ListAsync(AccountKind.Customer).ConfigureAwait(false)).ConfigureAwait(false);
        return json => WriteAll(json, customers);
    }

    /// <summary>Deletes customers: what they spent stays, and their names are no more than that.</summary>
    public async Task<Action<Utf8JsonWriter>> DeleteAsync(ManagementRequest request)
    {
        string[] ids = IdsOf(request);
        foreach (string id in ids) await accounts.GetAsync(AccountKind.Customer, id, $"customer '{id}'").ConfigureAwait(false);
        foreach (string id in ids) await accounts.DeleteAsync(AccountKind.Customer, id).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WriteNumber("deleted_customers"u8, ids.Length);
            json.WriteString("message"u8, $"Deleted customers: {string.Join(", ", ids)}");
            json.WriteEndObject();
        };
    }

    /// <summary>Blocks customers, which are made where there are none: requests that name them are refused.</summary>
    public async Task<Action<Utf8JsonWriter>> BlockAsync(ManagementRequest request)
    {
        var blocked = new List<GatewayAccount>();
        foreach (string id in IdsOf(request))
        {
            blocked.Add(await accounts.FindAsync(AccountKind.Customer, id).ConfigureAwait(false) is null
                ? await accounts.AddAsync(New(IdOf(id)) with { IsBlocked = true, UpdatedAt = accounts.Now }, $"a customer '{id}'").ConfigureAwait(false)
                : await SetAsync(id, true).ConfigureAwait(false));
        }

        return await WriteAsync("blocked_users", blocked).ConfigureAwait(false);
    }

    /// <summary>Lets customers' requests in again.</summary>
    public async Task<Action<Utf8JsonWriter>> UnblockAsync(ManagementRequest request)
    {
        var changed = new List<GatewayAccount>();
        foreach (string id in IdsOf(request)) changed.Add(await SetAsync(id, false).ConfigureAwait(false));
        return await WriteAsync("unblocked_users", changed).ConfigureAwait(false);
    }

    private GatewayAccount New(string id) => new() { Kind = AccountKind.Customer, Id = id, CreatedAt = accounts.Now };

    private ValueTask<GatewayAccount> SetAsync(string id, bool isBlocked) => accounts.ChangeAsync(AccountKind.Customer, id, $"customer '{id}'", customer => customer with { IsBlocked = isBlocked, UpdatedAt = accounts.Now });

    // A longer name than a request may have would never be found.
    private static string IdOf(string id) => id.Length <= Calls.GatewayCall.LongestLabel && !id.Any(char.IsControl) ? id : throw ManagementError.Invalid("user_id", $"must be at most {Calls.GatewayCall.LongestLabel} characters, without control characters.");

    private static string[] IdsOf(ManagementRequest request) => request.Texts("user_ids") is { Length: > 0 } ids ? ids : throw ManagementError.Invalid("user_ids", "must be an array of customers.");

    private static Action<Utf8JsonWriter> Write(AccountView customer) => json => AccountWriter.WriteCustomer(json, customer);

    private static void WriteAll(Utf8JsonWriter json, AccountView[] customers)
    {
        json.WriteStartArray();
        foreach (AccountView customer in customers) AccountWriter.WriteCustomer(json, customer);
        json.WriteEndArray();
    }

    private async ValueTask<Action<Utf8JsonWriter>> WriteAsync(string name, List<GatewayAccount> customers)
    {
        AccountView[] views = await accounts.ViewAsync(customers).ConfigureAwait(false);
        return json =>
        {
            json.WriteStartObject();
            json.WritePropertyName(name);
            WriteAll(json, views);
            json.WriteEndObject();
        };
    }
}
