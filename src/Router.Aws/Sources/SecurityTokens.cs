using System.Text;

namespace RouterGen.Aws;

/// <summary>AWS's Security Token Service, which has keys of roles.</summary>
internal static class SecurityTokens
{
    /// <summary>What a session is called where nothing else is stated.</summary>
    public const string UsualSession = "routergen";

    private const string Service = "sts";
    private const string UsualRegion = "us-east-1";

    /// <summary>Asks for the keys of a role.</summary>
    /// <param name="environment">What sends the request.</param>
    /// <param name="region">The region to ask; null for the usual one.</param>
    /// <param name="signer">The keys that sign the request; null for one that brings a token instead.</param>
    /// <param name="clock">The servers' time.</param>
    /// <param name="parameters">What is asked for.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async ValueTask<AwsKeys> AssumeAsync(
        AwsEnvironment environment, string? region, AwsKeys? signer, ServerClock clock, (string Name, string Value)[] parameters, CancellationToken cancellationToken)
    {
        string body = "Version=2011-06-15" + string.Concat(parameters.Select(static parameter => $"&{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        byte[] bytes = Encoding.ASCII.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(environment, region)) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        DateTimeOffset now = clock.Now(environment.Time);
        if (signer is not null) RequestSigner.Sign(request, bytes, new SigningKey(signer, region ?? UsualRegion, Service, now), now);
        (int status, string answer) = await environment.SendAsync(request, nearby: false, cancellationToken).ConfigureAwait(false);
        if (status is 200 && Text(answer, "AccessKeyId") is { } id && Text(answer, "SecretAccessKey") is { } secret)
            return new AwsKeys(id, secret, Text(answer, "SessionToken"), KeyJson.TimeOf(Text(answer, "Expiration")));
        string why = Text(answer, "Code") is { } code ? $"{code}: {Text(answer, "Message")}" : "without keys";
        throw new KeySourceException($"STS answered {status} {why}", status is >= 400 and < 500 ? FailureKind.AuthenticationFailed : FailureKind.ConnectionFailed);
    }

    private static Uri AddressOf(AwsEnvironment environment, string? region) =>
        Uri.TryCreate(environment.Variable("AWS_ENDPOINT_URL_STS"), UriKind.Absolute, out Uri? stated) ? stated
        : new Uri(region is null ? "https://sts.amazonaws.com/" : $"https://sts.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}/");

    // The few elements that are read hold no markup and no entities that matter: no reader of XML is brought along for them.
    private static string? Text(string xml, string element)
    {
        int start = xml.IndexOf($"<{element}>", StringComparison.Ordinal);
        if (start < 0) return null;
        start += element.Length + 2;
        int end = xml.IndexOf('<', start);
        return end < 0 ? null : xml[start..end].Trim();
    }
}
