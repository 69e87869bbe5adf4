using Azure.Core;
using Azure.Identity;
using RouterGen.Infrastructure;

namespace RouterGen.Azure;

/// <summary>An identity of Entra ID: the one that is given, else the one that variables or the surroundings of the program have.</summary>
/// <param name="usual">What tokens are for unless something else is stated.</param>
/// <param name="scope">What tokens are for; null for what variables say, else <paramref name="usual"/>.</param>
/// <param name="credential">The identity; null for the one that is found.</param>
internal sealed class AzureCredentialSource(EntraScope usual, string? scope = null, TokenCredential? credential = null) : CredentialSource
{
    private static long _lastNumber;

    // Two that are made apart are two identities, whatever they are: the library does not say.
    private readonly string _name = credential is null ? "azure" : "azure#" + Interlocked.Increment(ref _lastNumber);

    public override Authorizer CreateAuthorizer(PlatformContext context)
    {
        Func<string, string?> variables = context.Variables;
        string asked = scope ?? usual.In(variables);
        if (credential is not null) return Tokens(_name, asked, () => credential, context);
        string? tenant = Value(variables, "AZURE_TENANT_ID"), client = Value(variables, "AZURE_CLIENT_ID"), secret = Value(variables, "AZURE_CLIENT_SECRET");
        string name = string.Join('\n', _name, tenant, client, secret);
        return Tokens(name, asked, () => Find(tenant, client, secret, Authority(variables)), context);
    }

    private static Authorizer Tokens(string name, string scope, Func<TokenCredential> credential, PlatformContext context) =>
        new TokenCredentials(new EntraTokens(name + "\n" + scope, scope, credential)).CreateAuthorizer(context);

    // The library itself reads the environment alone; what the router's variables say, such as an application's configuration, comes first.
    private static TokenCredential Find(string? tenant, string? client, string? secret, Uri? authority)
    {
        if (tenant is not null && client is not null && secret is not null)
        {
            var service = new ClientSecretCredentialOptions();
            if (authority is not null) service.AuthorityHost = authority;
            return new ClientSecretCredential(tenant, client, secret, service);
        }

        var options = new DefaultAzureCredentialOptions();
        if (tenant is not null) options.TenantId = tenant;
        if (client is not null) options.ManagedIdentityClientId = options.WorkloadIdentityClientId = client;
        if (authority is not null) options.AuthorityHost = authority;
        return new DefaultAzureCredential(options);
    }

    private static Uri? Authority(Func<string, string?> variables) =>
        Value(variables, EntraScope.AuthorityVariable) is { } text && Uri.TryCreate(text, UriKind.Absolute, out Uri? authority) ? authority : null;

    private static string? Value(Func<string, string?> variables, string name) => variables(name)?.Trim() is { Length: > 0 } value ? value : null;
}
