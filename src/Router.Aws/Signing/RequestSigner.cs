using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace RouterGen.Aws;

/// <summary>
/// Signs requests by Signature Version 4: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html. What is signed
/// is the method, the address, the body, and the headers that no proxy changes: host, content type, date and the session's token.
/// </summary>
internal static class RequestSigner
{
    public const string DateHeader = "X-Amz-Date";
    public const string TokenHeader = "X-Amz-Security-Token";
    public const string Header = "Authorization";
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const int OnStack = 2048;
    private const int FixedParts = 512; // names, digests and line ends

    /// <summary>Adds the headers that authorise a request, which is complete otherwise.</summary>
    /// <param name="message">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="key">What signs it.</param>
    /// <param name="now">The time that the server knows.</param>
    public static void Sign(HttpRequestMessage message, ReadOnlySpan<byte> body, SigningKey key, DateTimeOffset now)
    {
        Uri address = message.RequestUri!;
        string? token = key.Keys.SessionToken;
        string contentType = message.Content is { } content && content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues stated) ? stated.ToString() : "";
        string time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string path = address.AbsolutePath, query = CanonicalQuery(address.Query), host = address.Authority;
        string names = contentType.Length > 0
            ? token is null ? "content-type;host;x-amz-date" : "content-type;host;x-amz-date;x-amz-security-token"
            : token is null ? "host;x-amz-date" : "host;x-amz-date;x-amz-security-token";

        int size = FixedParts + (3 * path.Length) + query.Length + host.Length + contentType.Length + (token?.Length ?? 0);
        byte[]? rented = size > OnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> buffer = rented ?? stackalloc byte[OnStack];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];

        var request = new CanonicalText(buffer);
        request.Append(message.Method.Method);
        request.Append("\n"u8);
        request.AppendPath(path);
        request.Append("\n"u8);
        request.Append(query);
        request.Append("\n"u8);
        if (contentType.Length > 0) AppendHeader(ref request, "content-type:"u8, contentType);
        AppendHeader(ref request, "host:"u8, host);
        AppendHeader(ref request, "x-amz-date:"u8, time);
        if (token is not null) AppendHeader(ref request, "x-amz-security-token:"u8, token);
        request.Append("\n"u8);
        request.Append(names);
        request.Append("\n"u8);
        SHA256.HashData(body, digest);
        request.AppendHex(digest);

        SHA256.HashData(request.Written, digest);
        var toSign = new CanonicalText(buffer);
        toSign.Append(Algorithm);
        toSign.Append("\n"u8);
        toSign.Append(time);
        toSign.Append("\n"u8);
        toSign.Append(key.Scope);
        toSign.Append("\n"u8);
        toSign.AppendHex(digest);
        key.Sign(toSign.Written, digest);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);

        Span<char> signature = stackalloc char[2 * SHA256.HashSizeInBytes];
        Convert.TryToHexStringLower(digest, signature, out _);
        HttpRequestHeaders headers = message.Headers;
        headers.TryAddWithoutValidation(DateHeader, time);
        if (token is not null) headers.TryAddWithoutValidation(TokenHeader, token);
        headers.TryAddWithoutValidation(Header, $"{Algorithm} Credential={key.Keys.Value}/{key.Scope}, SignedHeaders={names}, Signature={signature}");
    }

    /// <summary>Returns the ID of the access key with which a request was signed; null where it was not.</summary>
    public static string? AccessKeyOf(HttpRequestMessage message)
    {
        const string Start = Algorithm + " Credential=";
        if (!message.Headers.NonValidated.TryGetValues(Header, out HeaderStringValues values)) return null;
        string value = values.ToString();
        int end = value.IndexOf('/', StringComparison.Ordinal);
        return value.StartsWith(Start, StringComparison.Ordinal) && end > Start.Length ? value[Start.Length..end] : null;
    }

    private static void AppendHeader(ref CanonicalText request, ReadOnlySpan<byte> name, string value)
    {
        request.Append(name);
        request.Append(value);
        request.Append("\n"u8);
    }

    // Sorted by names, then values. Addresses of requests to models have none.
    private static string CanonicalQuery(string query)
    {
        if (query.Length < 2) return "";
        string[] parts = query[1..].Split('&');
        Array.Sort(parts, static (one, other) => string.CompareOrdinal(one.Replace('=', '\0'), other.Replace('=', '\0')));
        return string.Join('&', parts.Select(static part => part.Contains('=', StringComparison.Ordinal) ? part : part + "="));
    }
}
