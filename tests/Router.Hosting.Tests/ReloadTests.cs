using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace RouterGen.Hosting.Tests;

/// <summary>A reload that is bad keeps what held before, and says why.</summary>
public sealed class ReloadTests
{
    private const string Good = """{ "RouterGen": { "Groups": { "lone": { "Deployments": { "openai/gpt-4o-mini": { "Weight": 3, "Rpm": 50 } } } } }, "OPENAI_API_KEY": "sk-a-secret-of-openai" }""";

    private readonly RecordedLog _log = new();
    private readonly OneFile _file = new() { Text = Good };

    [Theory]
    [InlineData("""{ "RouterGen": "off", "OPENAI_API_KEY": "sk-a-secret-of-openai" }""", "RouterGen", "it must be a section, not a value")]
    [InlineData("""{ "RouterGen": { "Groups": "off" }, "OPENAI_API_KEY": "sk-a-secret-of-openai" }""", "RouterGen:Groups", "it must be a section, not a value")]
    [InlineData("""{ "RouterGen": { "Groups": { "lone": { "Deployments": { "openai/gpt-4o-mini": { "Weight": { "Now": 3 }, "Rpm": 50 } } } } }, "OPENAI_API_KEY": "sk-a-secret-of-openai" }""", "RouterGen:Groups:lone:Deployments:openai/gpt-4o-mini:Weight", "not a section")]
    [InlineData("""{ "RouterGen": { "Groups": { "lone": { "Deployments": { "openai/gpt-4o-mini": { "Weight": "heavy", "Rpm": 50 } } } } }, "OPENAI_API_KEY": "sk-a-secret-of-openai" }""", "RouterGen:Groups:lone:Deployments:openai/gpt-4o-mini:Weight", "it must be a number")]
    public async Task What_is_wrong_in_it_is_told_with_its_path(string text, string path, string reason)
    {
        using IHost host = await StartAsync();
        ModelGroup group = host.Services.GetRequiredService<OtherModels>().Lone;
        Assert.Empty(group.ConfigurationProblems);

        _file.Change(text);

        ConfigurationProblem problem = Assert.Single(group.ConfigurationProblems);
        Assert.Equal(path, problem.Path);
        Assert.Contains(reason, problem.Reason);
        Assert.StartsWith($"Configuration {path} has no effect: ", Assert.Single(_log.Of(22)).Text);
        if (text.Contains("heavy")) Assert.Equal(3, group.Deployments[0].Weight);

        _file.Change(text + " ");
        Assert.Single(group.ConfigurationProblems); // It is still wrong, and need not be told again.
        Assert.Single(_log.Of(22));

        _file.Change(Good);
        Assert.Empty(group.ConfigurationProblems);
        Assert.Equal((3, 50), (group.Deployments[0].Weight, group.Status[0].Rpm));
    }

    [Theory]
    [InlineData("{\n  \"RouterGen\": {\n", "it is no valid JSON at line 3")]
    [InlineData("{ \"OPENAI_API_KEY\": tsk-misplaced }", "it is no valid JSON at line 1")]
    [InlineData("{ \"OPENAI_API_KEY\": \"a\", \"openai_api_key\": \"b\" }", "FormatException")]
    public async Task A_file_that_is_no_json_leaves_all_as_it_was(string text, string reason)
    {
        using IHost host = await StartAsync();
        ModelGroup group = host.Services.GetRequiredService<OtherModels>().Lone;

        Assert.ThrowsAny<Exception>(() => _file.Change(text)); // The framework throws it into the watcher of the file, where nothing sees it.

        Assert.Equal((3, 50, DeploymentHealth.Healthy), (group.Deployments[0].Weight, group.Status[0].Rpm, group.Status[0].Health));
        RecordedLog.Entry entry = Assert.Single(_log.Of(105));
        Assert.Equal((LogLevel.Error, $"The configuration file settings.json could not be loaded, and what held before still does: {reason}"), (entry.Level, entry.Text));

        _file.Change(Good.Replace("\"Weight\": 3", "\"Weight\": 4"));
        Assert.Equal(4, group.Deployments[0].Weight);
    }

    private async Task<IHost> StartAsync()
    {
        HostApplicationBuilder builder = TestHost.Create(_log);
        ((IConfigurationBuilder)builder.Configuration).Add(new JsonConfigurationSource { FileProvider = _file, Path = "settings.json", ReloadOnChange = true, ReloadDelay = 0 });
        builder.Services.AddOtherModels().AddRouterGenHosting();
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>A file that a test edits, and that tells at once.</summary>
    private sealed class OneFile : IFileProvider
    {
        private CancellationTokenSource _changed = new();

        public required string Text { get; set; }

        public void Change(string text)
        {
            Text = text;
            Interlocked.Exchange(ref _changed, new CancellationTokenSource()).Cancel();
        }

        public IFileInfo GetFileInfo(string subpath) => new Info(Text);

        public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

        public IChangeToken Watch(string filter) => new CancellationChangeToken(_changed.Token);

        private sealed class Info(string text) : IFileInfo
        {
            public bool Exists => true;

            public long Length => text.Length;

            public string? PhysicalPath => null;

            public string Name => "settings.json";

            public DateTimeOffset LastModified => default;

            public bool IsDirectory => false;

            public Stream CreateReadStream() => new MemoryStream(Encoding.UTF8.GetBytes(text));
        }
    }
}
