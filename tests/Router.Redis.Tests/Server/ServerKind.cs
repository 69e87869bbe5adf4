namespace RouterGen.Redis.Tests.Server;

public enum ServerKind
{
    /// <summary>Redis, or Valkey where there is no Redis: Debian's packages.</summary>
    Redis,

    /// <summary>Garnet: the .NET tool.</summary>
    Garnet,
}

public static class ServerKinds
{
    /// <summary>Skips a test where the server is not on this machine; where the environment says that there must be one, the test fails.</summary>
    public static void Require(this ServerKind kind)
    {
        if (kind.Program() is not null) return;
        string missing = kind is ServerKind.Redis
            ? "There is no Redis on this machine: install Debian's package 'redis-server' or 'valkey-server', or set ROUTERGEN_REDIS to the program."
            : "There is no Garnet on this machine: 'dotnet tool install --global garnet-server', or set ROUTERGEN_GARNET to the program.";
        Assert.False(Environment.GetEnvironmentVariable("ROUTERGEN_SERVERS") == "required", missing);
        Assert.Skip(missing);
    }

    /// <summary>Returns the program; null where there is none.</summary>
    public static string? Program(this ServerKind kind)
    {
        (string variable, string[] names) = kind is ServerKind.Redis ? ("ROUTERGEN_REDIS", new[] { "redis-server", "valkey-server" }) : ("ROUTERGEN_GARNET", ["garnet-server"]);
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } stated) return stated;
        string tools = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools");
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), tools];
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
