using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>The keys of an EC2 instance's role, by version 2 of its metadata service.</summary>
internal static class InstanceKeys
{
    private const string Usual = "http://169.254.169.254";
    private const string Roles = "/latest/meta-data/iam/security-credentials/";
    private const string TokenHeader = "X-aws-ec2-metadata-token";

    /// <summary>Fetches them; null where this is no instance, or it has no role.</summary>
    public static async ValueTask<FetchedToken?> FindAsync(AwsEnvironment environment, CancellationToken cancellationToken)
    {
        if (string.Equals(environment.Variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)) return null;
        string server = (environment.Variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? Usual).TrimEnd('/');
        string token, role;
        try
        {
            var start = new HttpRequestMessage(HttpMethod.Put, server + "/latest/api/token");
            start.Headers.TryAddWithoutValidation(TokenHeader + "-ttl-seconds", "21600");
            (int status, token) = await environment.SendAsync(start, nearby: true, cancellationToken).ConfigureAwait(false);
            if (status is not 200) return null;
            (status, role) = await GetAsync("").ConfigureAwait(false);
            if (status is 404) return null;
            if (status is not 200) throw new KeySourceException($"The instance's metadata answered {status}.", FailureKind.ConnectionFailed);
            role = role.Split('\n')[0].Trim();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        (int answered, string body) = await GetAsync(Uri.EscapeDataString(role)).ConfigureAwait(false);
        return answered is 200 && KeyJson.Read(body) is { } keys ? new FetchedToken(keys) : throw new KeySourceException($"The instance's metadata answered {answered} without keys.", FailureKind.ConnectionFailed);

        ValueTask<(int Status, string Body)> GetAsync(string name)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, server + Roles + name);
            request.Headers.TryAddWithoutValidation(TokenHeader, token);
            return environment.SendAsync(request, nearby: true, cancellationToken);
        }
    }
}
