using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RouterGen.Gateway.OpenIdConnect.Tests.Support;

/// <summary>A provider of identities on a loopback port: discovery, keys, authorization and tokens. It is strict with its client, and lies as a test wants it to.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "gateway";
    public const string Secret = "secret-of-the-gateway";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, JsonObject> _codes = new();
    private RSA _key = RSA.Create(2048);
    private RSA? _old;
    private int _keys = 1;

    private IdentityProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Gets the claims of whoever signs in.</summary>
    public JsonObject Person { get; } = new() { ["sub"] = "u-1", ["name"] = "Ada", ["groups"] = new JsonArray("everyone", "gateway-admins") };

    /// <summary>Gets or sets what is changed about a token before it is signed.</summary>
    public Action<JsonObject> Change { get; set; } = static _ => { };

    /// <summary>Gets or sets what becomes of a token after it is signed.</summary>
    public Func<string, string> Forge { get; set; } = static token => token;

    /// <summary>Gets or sets whether tokens are signed with the key that was replaced, as one does who stole it.</summary>
    public bool SignsWithOldKey { get; set; }

    /// <summary>Gets or sets the status of what the token endpoint answers.</summary>
    public int TokenStatus { get; set; } = 200;

    /// <summary>Gets the redirect address of the last request for authorization.</summary>
    public string? RedirectAddress { get; private set; }

    /// <summary>Gets how often the keys were read.</summary>
    public int KeyReads { get; private set; }

    public static async Task<IdentityProvider> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var provider = new IdentityProvider(app);
        app.MapGet("/.well-known/openid-configuration", (RequestDelegate)(context => WriteAsync(context, new JsonObject
        {
            ["issuer"] = provider.Address,
            ["authorization_endpoint"] = provider.Address + "/authorize",
            ["token_endpoint"] = provider.Address + "/token",
            ["jwks_uri"] = provider.Address + "/keys",
        })));
        app.MapGet("/keys", (RequestDelegate)provider.SendKeysAsync);
        app.MapGet("/authorize", (RequestDelegate)provider.AuthorizeAsync);
        app.MapPost("/token", (RequestDelegate)provider.SendTokenAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>Replaces the key that signs, and forgets the old one.</summary>
    public void Rotate()
    {
        _old = _key;
        _key = RSA.Create(2048);
        _keys++;
    }

    /// <summary>Returns a token with these claims that nobody has signed.</summary>
    public static string Unsigned(string token) => $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    /// <summary>Returns a token that is signed with a text as the key, such as a public one.</summary>
    public static string SignedWith(string secret, string token)
    {
        string signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{token.Split('.')[1]}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    /// <summary>Ends it: nothing listens any more.</summary>
    public Task StopAsync() => _app.StopAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
    }

    private Task SendKeysAsync(HttpContext context)
    {
        KeyReads++;
        RSAParameters key = _key.ExportParameters(includePrivateParameters: false);
        return WriteAsync(context, new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = $"key-{_keys}", ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) }) });
    }

    private Task AuthorizeAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        RedirectAddress = query["redirect_uri"];
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256" || string.IsNullOrEmpty(query["state"]) || string.IsNullOrEmpty(query["nonce"]))
        {
            context.Response.StatusCode = 400;
            return Task.CompletedTask;
        }

        string code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = new JsonObject { ["nonce"] = (string?)query["nonce"], ["challenge"] = (string?)query["code_challenge"], ["redirect"] = RedirectAddress };
        context.Response.Redirect($"{RedirectAddress}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
        return Task.CompletedTask;
    }

    private async Task SendTokenAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync();
        if (TokenStatus is not 200)
        {
            context.Response.StatusCode = TokenStatus;
            return;
        }

        // A code is good for once, for its client, its address, and the browser that began.
        if (!_codes.TryRemove(form["code"].ToString(), out JsonObject? begun) || form["client_id"] != ClientId || form["client_secret"] != Secret || form["redirect_uri"] != (string?)begun["redirect"]
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != (string?)begun["challenge"])
        {
            context.Response.StatusCode = 400;
            await WriteAsync(context, new JsonObject { ["error"] = "invalid_grant" });
            return;
        }

        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = (JsonObject)Person.DeepClone();
        claims["iss"] = Address;
        claims["aud"] = ClientId;
        claims["iat"] = now;
        claims["exp"] = now + 300;
        claims["nonce"] = begun["nonce"]!.DeepClone();
        Change(claims);
        await WriteAsync(context, new JsonObject { ["access_token"] = "a", ["token_type"] = "Bearer", ["expires_in"] = 300, ["id_token"] = Forge(Sign(claims)) });
    }

    private string Sign(JsonObject claims)
    {
        string signed = $"{Encode($$"""{"alg":"RS256","typ":"JWT","kid":"key-{{(SignsWithOldKey ? _keys - 1 : _keys)}}"}""")}.{Encode(claims.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString((SignsWithOldKey ? _old! : _key).SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static Task WriteAsync(HttpContext context, JsonObject json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString(JsonSerializerOptions.Default));
    }
}
