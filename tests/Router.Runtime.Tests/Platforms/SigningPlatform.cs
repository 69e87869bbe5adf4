using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Platforms;

/// <summary>A platform as a cloud has it: the model in the path, streams at an address of their own with a query, and a signature over address, time and body.</summary>
internal sealed class SigningPlatform(string model) : Platform
{
    public const string TimeHeader = "X-Time";
    public const string SignatureHeader = "X-Signature";

    public override string AddressOf(string endpoint, Codec codec, bool streaming) =>
        $"{endpoint}/models/{Uri.EscapeDataString(model)}:{(streaming ? "stream?alt=frames" : "answer")}";

    public override Authorizer CreateAuthorizer(string? key, PlatformContext context) => new Signer(key!);

    /// <summary>Checks what a server would check.</summary>
    public static async Task<bool> IsSignedAsync(HttpRequestMessage request, string key)
    {
        byte[] body = await request.Content!.ReadAsByteArrayAsync();
        return request.Headers.GetValues(SignatureHeader).Single() == Sign(key, request, request.Headers.GetValues(TimeHeader).Single(), body);
    }

    private static string Sign(string key, HttpRequestMessage message, string time, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{message.Method}\n{message.RequestUri}\n{time}\n{Convert.ToHexString(SHA256.HashData(body))}")));

    private sealed class Signer(string key) : Authorizer
    {
        public override string Identity => key;

        public override IReadOnlyList<string> SecretTexts => [key];

        public override ValueTask<AttemptFailure?> AuthorizeAsync(RequestToAuthorize request)
        {
            string time = request.Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            request.Message.Headers.Add(TimeHeader, time);
            request.Message.Headers.Add(SignatureHeader, Sign(key, request.Message, time, request.Body.Span));
            return default;
        }
    }
}
