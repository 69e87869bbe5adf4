using System.Diagnostics;
using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>Finds the keys of a profile: its own, those of a role that it assumes, of its SSO session, or of a program that it names.</summary>
internal sealed class ProfileReader(AwsEnvironment environment, ServerClock clock)
{
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private SharedFiles? _files;

    /// <summary>Fetches keys.</summary>
    /// <param name="name">The profile; null for the usual one.</param>
    /// <param name="cancellationToken">Cancels the fetch.</param>
    /// <returns>The keys; null where the profile is not there or states none. A profile that is named and not there has none either.</returns>
    public async ValueTask<FetchedToken?> FindAsync(string? name, CancellationToken cancellationToken)
    {
        _files ??= await SharedFiles.ReadAsync(environment, cancellationToken).ConfigureAwait(false);
        if (_files.Profile(name ?? "default") is not { } profile) return name is null ? null : throw new KeySourceException($"There is no profile '{name}' in the shared files.");
        AwsKeys? keys = await KeysAsync(name ?? "default", profile, cancellationToken).ConfigureAwait(false);
        return keys is null ? null : new FetchedToken(keys);
    }

    private async ValueTask<AwsKeys?> KeysAsync(string name, Dictionary<string, string> profile, CancellationToken cancellationToken)
    {
        bool isFirstVisit = _visited.Add(name);
        if (isFirstVisit && profile.GetValueOrDefault("role_arn") is { Length: > 0 } role) return await RoleKeysAsync(name, profile, role, cancellationToken).ConfigureAwait(false);
        if (profile.GetValueOrDefault("aws_access_key_id") is { Length: > 0 } id && profile.GetValueOrDefault("aws_secret_access_key") is { Length: > 0 } secret)
            return new AwsKeys(id, secret, profile.GetValueOrDefault("aws_session_token"), DateTimeOffset.MaxValue);
        if (!isFirstVisit) throw new KeySourceException($"The profile '{name}' leads back to itself through source_profile.");
        if (profile.ContainsKey("sso_account_id")) return await SsoKeys.FetchAsync(environment, _files!, name, profile, cancellationToken).ConfigureAwait(false);
        return profile.GetValueOrDefault("credential_process") is { Length: > 0 } command ? await ProgramKeysAsync(name, command, cancellationToken).ConfigureAwait(false) : null;
    }

    private async ValueTask<AwsKeys> RoleKeysAsync(string name, Dictionary<string, string> profile, string role, CancellationToken cancellationToken)
    {
        string? region = environment.Region ?? profile.GetValueOrDefault("region");
        string session = profile.GetValueOrDefault("role_session_name") ?? SecurityTokens.UsualSession;
        if (profile.GetValueOrDefault("web_identity_token_file") is { Length: > 0 } file)
            return (AwsKeys)(await WebIdentity.FetchAsync(environment, file, role, session, region, cancellationToken).ConfigureAwait(false)).Token!;
        if (profile.ContainsKey("mfa_serial")) throw new KeySourceException($"The profile '{name}' asks for a code (mfa_serial), which a program cannot enter.");
        AwsKeys signer = await SignerAsync(name, profile, cancellationToken).ConfigureAwait(false) ?? throw new KeySourceException($"The profile '{name}' assumes a role, and there are no keys to assume it with.");
        List<(string, string)> parameters = [("Action", "AssumeRole"), ("RoleArn", role), ("RoleSessionName", session)];
        if (profile.GetValueOrDefault("external_id") is { Length: > 0 } external) parameters.Add(("ExternalId", external));
        if (profile.GetValueOrDefault("duration_seconds") is { Length: > 0 } seconds) parameters.Add(("DurationSeconds", seconds));
        return await SecurityTokens.AssumeAsync(environment, region, signer, clock, [.. parameters], cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<AwsKeys?> SignerAsync(string name, Dictionary<string, string> profile, CancellationToken cancellationToken)
    {
        if (profile.GetValueOrDefault("source_profile") is { Length: > 0 } source)
        {
            if (_files!.Profile(source) is not { } other) throw new KeySourceException($"The profile '{name}' names the source_profile '{source}', which is not in the shared files.");
            return await KeysAsync(source, other, cancellationToken).ConfigureAwait(false);
        }

        return profile.GetValueOrDefault("credential_source") switch
        {
            "Environment" => VariableKeys.Find(environment),
            "EcsContainer" => (AwsKeys?)(await ContainerKeys.FindAsync(environment, cancellationToken).ConfigureAwait(false))?.Token,
            "Ec2InstanceMetadata" => (AwsKeys?)(await InstanceKeys.FindAsync(environment, cancellationToken).ConfigureAwait(false))?.Token,
            _ => throw new KeySourceException($"The profile '{name}' assumes a role, and names neither a source_profile nor a credential_source."),
        };
    }

    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
    private static async ValueTask<AwsKeys> ProgramKeysAsync(string name, string command, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = OperatingSystem.IsWindows() ? new("cmd.exe", ["/d", "/c", command]) : new("/bin/sh", ["-c", command]);
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        using Process program = Process.Start(start) ?? throw new KeySourceException($"The credential_process of the profile '{name}' did not start.");
        string output = await program.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await program.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return program.ExitCode is 0 && KeyJson.Read(output) is { } keys ? keys : throw new KeySourceException($"The credential_process of the profile '{name}' ended with {program.ExitCode} and without keys.");
    }
}
