using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using RouterGen.Infrastructure;

namespace RouterGen.Google.Tests.Support;

/// <summary>A router's view of an identity, on virtual time and with variables of the test's own.</summary>
internal sealed class Identity
{
    public static readonly RSA Key = RSA.Create(2048);

    public Identity(CredentialSource source, Dictionary<string, string>? variables = null)
    {
        Variables = variables ?? [];
        Authorizer = source.CreateAuthorizer(new PlatformContext(Time, name => Variables.GetValueOrDefault(name)));
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));

    public Dictionary<string, string> Variables { get; }

    public Authorizer Authorizer { get; }

    /// <summary>Authorises a request.</summary>
    /// <returns>The header that it got, or why it got none.</returns>
    public async Task<(string? Header, AttemptFailure? Failure)> AuthorizeAsync(bool isAsync = true)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "https://models.example/");
        AttemptFailure? failure = await Authorizer.AuthorizeAsync(new RequestToAuthorize(message, default, Time, isAsync, default));
        return (message.Headers.NonValidated.TryGetValues("Authorization", out HeaderStringValues value) ? value.ToString() : null, failure);
    }

    public async Task<string?> HeaderAsync() => (await AuthorizeAsync()).Header;

    public async Task<AttemptFailure> FailureAsync() => (await AuthorizeAsync()).Failure!;

    /// <summary>The file of a service account.</summary>
    public static string ServiceAccount(string tokenEndpoint, string? key = null) => $$"""
        {
          "type": "service_account", "project_id": "p", "private_key_id": "key-7", "client_email": "robot@p.iam.gserviceaccount.com", "client_id": "1",
          "private_key": "{{(key ?? Key.ExportPkcs8PrivateKeyPem()).ReplaceLineEndings("\\n")}}", "token_uri": "{{tokenEndpoint}}"
        }
        """;
}
