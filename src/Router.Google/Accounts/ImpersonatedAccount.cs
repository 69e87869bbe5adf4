using System.Buffers;
using System.Text.Json;
using RouterGen.Infrastructure;

namespace RouterGen.Google.Accounts;

/// <summary>A service account whose tokens another identity may ask for. https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken</summary>
/// <param name="asks">The identity that asks.</param>
/// <param name="address">Where tokens of the service account are handed out.</param>
/// <param name="delegates">The service accounts over which the right goes, in order.</param>
internal sealed class ImpersonatedAccount(GoogleAccount asks, Uri address, string[] delegates) : GoogleAccount
{
    public override async ValueTask<FetchedToken> FetchAsync(TokenFetch fetch)
    {
        FetchedToken own = await asks.FetchAsync(fetch).ConfigureAwait(false);
        if (own.Token is not { } token) return own;
        return TokenAnswer.ReadImpersonated(await fetch.Requests.PostJsonAsync(address, Body(), token.Value, fetch.Cancellation).ConfigureAwait(false), fetch.Time);
    }

    private ReadOnlyMemory<byte> Body()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("scope"u8);
            json.WriteStringValue(Scope);
            json.WriteEndArray();
            if (delegates.Length > 0)
            {
                json.WriteStartArray("delegates"u8);
                foreach (string account in delegates) json.WriteStringValue(account);
                json.WriteEndArray();
            }

            json.WriteString("lifetime"u8, "3600s"u8);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
