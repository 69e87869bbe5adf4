using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>The keys of a container's role: of an ECS task, or of a pod (EKS Pod Identity).</summary>
internal static class ContainerKeys
{
    private const string Ecs = "http://169.254.170.2";

    // A variable must not send the token that stands beside it to any other host in clear text.
    private static readonly string[] Hosts = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

    /// <summary>Fetches them; null where no container's variables are set.</summary>
    public static async ValueTask<FetchedToken?> FindAsync(AwsEnvironment environment, CancellationToken cancellationToken)
    {
        string? stated = environment.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { } path ? Ecs + path : environment.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (stated is null) return null;
        if (!Uri.TryCreate(stated, UriKind.Absolute, out Uri? address) || !IsTrusted(address)) throw new KeySourceException("AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or an address of the container's own host.");
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (await TokenAsync(environment, cancellationToken).ConfigureAwait(false) is { } token) request.Headers.TryAddWithoutValidation("Authorization", token);
        (int status, string body) = await environment.SendAsync(request, nearby: true, cancellationToken).ConfigureAwait(false);
        if (status is not 200) throw new KeySourceException($"The container's credentials endpoint answered {status}.", status is >= 400 and < 500 ? FailureKind.AuthenticationFailed : FailureKind.ConnectionFailed);
        return KeyJson.Read(body) is { } keys ? new FetchedToken(keys) : throw new KeySourceException("The container's credentials endpoint answered without keys.", FailureKind.ConnectionFailed);
    }

    private static async ValueTask<string?> TokenAsync(AwsEnvironment environment, CancellationToken cancellationToken)
    {
        if (environment.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is not { } file) return environment.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        return (await AwsEnvironment.ReadAsync(file, cancellationToken).ConfigureAwait(false))?.Trim() ?? throw new KeySourceException($"The file '{file}' of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE is not there.");
    }

    private static bool IsTrusted(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps
        || (address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || Hosts.Contains(address.Host) || (IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip))));
}
