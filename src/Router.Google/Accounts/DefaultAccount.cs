namespace RouterGen.Google.Accounts;

/// <summary>Application Default Credentials. https://cloud.google.com/docs/authentication/application-default-credentials</summary>
internal static class DefaultAccount
{
    private const string FileVariable = "GOOGLE_APPLICATION_CREDENTIALS";
    private const string FileOfGcloud = "application_default_credentials.json";

    /// <summary>Finds the account: in the file that a variable names, in the one that gcloud has left, else at the metadata server.</summary>
    /// <param name="variables">What variables hold.</param>
    public static FoundAccount Find(Func<string, string?> variables)
    {
        if (Value(variables, FileVariable) is { } named) return AccountFile.Read(named, $"The file that {FileVariable} names");
        if (FolderOfGcloud(variables) is { } folder && Path.Combine(folder, FileOfGcloud) is var left && File.Exists(left)) return AccountFile.Read(left, "The file that gcloud has left");
        return new(new MetadataServer(variables));
    }

    private static string? FolderOfGcloud(Func<string, string?> variables) =>
        Value(variables, "CLOUDSDK_CONFIG") is { } stated ? stated
        : OperatingSystem.IsWindows() ? Below(Value(variables, "APPDATA"), "gcloud")
        : Below(Value(variables, "HOME"), ".config/gcloud");

    private static string? Below(string? folder, string path) => folder is null ? null : Path.Combine(folder, path);

    private static string? Value(Func<string, string?> variables, string name) => variables(name)?.Trim() is { Length: > 0 } value ? value : null;
}
