namespace RouterGen.Runtime.Tests;

/// <summary>What RouterGen.dll shows to its users is a promise: a change of it is a change of the checked-in <c>PublicApi.txt</c>.</summary>
public class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_one_that_was_agreed_on()
    {
        string folder = ProjectFolder();
        string agreed = Path.Combine(folder, "PublicApi.txt");
        string received = Path.Combine(folder, "PublicApi.received.txt");
        string actual = PublicApi.List(typeof(ModelGroup).Assembly);
        string expected = File.Exists(agreed) ? File.ReadAllText(agreed).ReplaceLineEndings("\n") : "";
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        string[] before = expected.Split('\n');
        string[] now = actual.Split('\n');
        Assert.Fail($"""
            The public API of RouterGen.dll has changed.
            Gone or changed:
            {string.Join('\n', before.Except(now))}
            New:
            {string.Join('\n', now.Except(before))}
            If that is meant, replace {agreed} by {received}.
            """);
    }

    private static string ProjectFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Router.Runtime.Tests.csproj"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No project above {AppContext.BaseDirectory}.");
    }
}
