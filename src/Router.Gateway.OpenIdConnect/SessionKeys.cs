using Microsoft.AspNetCore.DataProtection;

namespace RouterGen.Gateway.OpenIdConnect;

/// <summary>The keys that protect sessions, and what goes to the provider and comes back.</summary>
internal static class SessionKeys
{
    private const string Application = "RouterGen.Gateway";

    /// <summary>Returns keys of a folder, or of the memory of the process.</summary>
    /// <param name="folder">The folder; null for memory.</param>
    public static IDataProtectionProvider Of(string? folder)
    {
        if (folder is null) return new EphemeralDataProtectionProvider();
        DirectoryInfo keys = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return DataProtectionProvider.Create(keys, static settings => settings.SetApplicationName(Application));
    }
}
