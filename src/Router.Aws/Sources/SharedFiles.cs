namespace RouterGen.Aws;

/// <summary>The shared files of AWS's tools, <c>~/.aws/config</c> and <c>~/.aws/credentials</c>: sections with settings.</summary>
internal sealed class SharedFiles
{
    private readonly Dictionary<string, Dictionary<string, string>> _sections = new(StringComparer.Ordinal);

    /// <summary>Reads the files. What the file of credentials states goes over the other.</summary>
    public static async ValueTask<SharedFiles> ReadAsync(AwsEnvironment environment, CancellationToken cancellationToken)
    {
        var files = new SharedFiles();
        files.Add(await AwsEnvironment.ReadAsync(environment.Variable("AWS_CONFIG_FILE") ?? environment.PathOf("config"), cancellationToken).ConfigureAwait(false), isConfig: true);
        files.Add(await AwsEnvironment.ReadAsync(environment.Variable("AWS_SHARED_CREDENTIALS_FILE") ?? environment.PathOf("credentials"), cancellationToken).ConfigureAwait(false), isConfig: false);
        return files;
    }

    /// <summary>Returns the settings of a profile; null where there is none of that name.</summary>
    public Dictionary<string, string>? Profile(string name) => _sections.GetValueOrDefault(name);

    /// <summary>Returns the settings of an SSO session; null where there is none of that name.</summary>
    public Dictionary<string, string>? Session(string name) => _sections.GetValueOrDefault("sso-session " + name);

    /// <summary>Adds a file's text.</summary>
    public void Add(string? text, bool isConfig)
    {
        Dictionary<string, string>? section = null;
        foreach (string line in (text ?? "").Split('\n'))
        {
            string content = line.Trim();
            if (content.Length == 0 || content[0] is '#' or ';') continue;
            if (content[0] is '[')
            {
                section = SectionOf(content, isConfig);
                continue;
            }

            // Settings within a setting are indented: none of them says anything of keys.
            int equals = content.IndexOf('=', StringComparison.Ordinal);
            if (section is null || equals < 1 || char.IsWhiteSpace(line[0])) continue;
            section[content[..equals].TrimEnd()] = content[(equals + 1)..].TrimStart();
        }
    }

    private Dictionary<string, string>? SectionOf(string header, bool isConfig)
    {
        const string Profile = "profile ";
        int end = header.IndexOf(']', StringComparison.Ordinal);
        if (end < 0) return null;
        string name = string.Join(' ', header[1..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("\"", "", StringComparison.Ordinal);
        if (isConfig && name.StartsWith(Profile, StringComparison.Ordinal)) name = name[Profile.Length..];
        else if (isConfig && name is not "default" && !name.StartsWith("sso-session ", StringComparison.Ordinal)) return null;
        if (!_sections.TryGetValue(name, out Dictionary<string, string>? section)) _sections.Add(name, section = new(StringComparer.OrdinalIgnoreCase));
        return section;
    }
}
