using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace RouterGen.Generator.Tests;

/// <summary>The registrations of a library and of the program that uses it do not meet.</summary>
public class RegistrationTests
{
    private const string Library = """
        using RouterGen;
        namespace Lib
        {
            [ModelGroup("lib"), Deployment("openai/gpt-6-luna")]
            public partial class Models;
        }
        """;

    [Theory]
    [InlineData("using Lib; using Microsoft.Extensions.DependencyInjection; namespace App { static class Start { internal static IServiceCollection Add(IServiceCollection services) => services.AddModels(); } }")]
    [InlineData("using Microsoft.Extensions.DependencyInjection; namespace App.Web { static class Start { internal static IServiceCollection Add(IServiceCollection services) => services.AddModels(); } }")]
    [InlineData("using App; using Microsoft.Extensions.DependencyInjection; static class Start { internal static IServiceCollection Add(IServiceCollection services) => services.AddModels(); }")]
    [InlineData("using Lib; using Microsoft.Extensions.DependencyInjection; static class Start { internal static IServiceCollection Add(IServiceCollection services) => App.ModelsServiceCollectionExtensions.AddModels(services.AddModels()); }")]
    public void Each_program_finds_its_own(string start)
    {
        using var image = new MemoryStream();
        Assert.True(Verifier.Verify(Library).Compilation.WithAssemblyName("Lib").Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        CSharpCompilation app = new Verifier
        {
            Sources = ["using RouterGen; namespace App { [ModelGroup(\"app\"), Deployment(\"openai/gpt-6-luna\")] internal partial class Models; }", start],
            AssemblyName = "App",
        }.Compile().AddReferences(MetadataReference.CreateFromImage(image.ToArray()));

        CSharpGeneratorDriver.Create([new RouterGenerator().AsSourceGenerator()], parseOptions: Verifier.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(app, out Compilation updated, out _, TestContext.Current.CancellationToken);

        Assert.Empty(updated.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString()));
    }

    private const string Kinds = """
        using RouterGen;
        namespace Shop;
        [ModelGroup("fast"), Deployment("openai/gpt-6-luna", Group = "fast")]
        [ModelGroup("slow"), Deployment("openai/gpt-6-luna", Group = "slow")]
        [ModelGroup("vectors"), Deployment("openai/text-embedding-3-small", Group = "vectors")]
        [ModelGroup("order"), Deployment("cohere/rerank-v4.0-fast", Group = "order")]
        public partial class Models;
        """;

    [Fact]
    public void Each_group_is_found_by_type_by_name_and_among_all()
    {
        using ServiceProvider provider = Services(Kinds, out Type models).BuildServiceProvider();
        object owner = provider.GetRequiredService(models);
        ModelGroup Group(string name) => (ModelGroup)models.GetProperty(name)!.GetValue(owner)!;

        Assert.Same(Group("Fast"), provider.GetRequiredService(models.GetNestedType("FastGroup")!));
        Assert.Same(Group("Slow"), provider.GetRequiredKeyedService<IChatClient>("slow"));
        Assert.Same(Group("Slow"), provider.GetRequiredKeyedService<ChatGroup>("slow"));
        Assert.Same(Group("Vectors"), provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("vectors"));
        Assert.Same(Group("Order"), provider.GetRequiredKeyedService<RerankGroup>("order"));
        Assert.Equal([Group("Fast"), Group("Slow"), Group("Vectors"), Group("Order")], provider.GetServices<ModelGroup>());
    }

    [Fact]
    public void The_only_group_of_a_kind_needs_no_name_and_one_of_several_does()
    {
        using ServiceProvider provider = Services(Kinds, out _).BuildServiceProvider();

        Assert.Equal("vectors", provider.GetRequiredService<EmbeddingGroup>().Name);
        Assert.Equal("vectors", Assert.IsType<EmbeddingGroup>(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(), exactMatch: false).Name);
        Assert.Equal("order", provider.GetRequiredService<RerankGroup>().Name);
        Assert.Null(provider.GetService<IChatClient>());
        Assert.Null(provider.GetService<ChatGroup>());
    }

    [Fact]
    public void What_is_registered_without_a_name_already_stays()
    {
        using var own = new OwnClient();
        IServiceCollection services = new ServiceCollection().AddSingleton<IChatClient>(own);
        using ServiceProvider provider = Services("""[RouterGen.ModelGroup("fast"), RouterGen.Deployment("openai/gpt-6-luna")] public partial class Models;""", out _, services).BuildServiceProvider();

        Assert.Same(own, provider.GetRequiredService<IChatClient>());
        Assert.Equal("fast", provider.GetRequiredService<ChatGroup>().Name);
    }

    [Fact]
    public void Twice_registers_once_and_applies_both_changes_in_order()
    {
        List<string> order = [];
        IServiceCollection services = Services(Kinds, out Type models);
        int before = services.Count(service => service.ServiceType == typeof(ModelGroup));
        Add(models, services, options => order.Add($"second {options.Seed}"));
        Add(models, services, (provider, options) => order.Add($"third {provider.GetService<string>()} {options.Seed}"));
        services.AddSingleton("from services").AddSingleton<IRouterOptionsSetup>(new Setup(options => options.Seed = 7, order)).AddSingleton<IRouterOptionsSetup>(new Setup(options => options.Seed++, order));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(4, before);
        Assert.Equal(4, provider.GetServices<ModelGroup>().Count());
        Assert.Equal(["setup", "setup", "second 8", "third from services 8"], order);
    }

    private static IServiceCollection Services(string source, out Type models, IServiceCollection? services = null)
    {
        System.Reflection.Assembly assembly = Verifier.Verify(source).Load();
        models = assembly.GetType("Shop.Models") ?? assembly.GetType("Models")!;
        return AddAs<Action<RouterOptions>>(models, services ?? new ServiceCollection(), null);
    }

    private static IServiceCollection AddAs<T>(Type models, IServiceCollection services, T? configure) where T : Delegate
    {
        Type extensions = models.Assembly.GetType(models.FullName + "ServiceCollectionExtensions")!;
        return (IServiceCollection)extensions.GetMethod("AddModels", [typeof(IServiceCollection), typeof(T)])!.Invoke(null, [services, configure])!;
    }

    private static void Add(Type models, IServiceCollection services, Action<RouterOptions> configure) => AddAs<Action<RouterOptions>>(models, services, configure);

    private static void Add(Type models, IServiceCollection services, Action<IServiceProvider, RouterOptions> configure) => AddAs<Action<IServiceProvider, RouterOptions>>(models, services, configure);

    private sealed class Setup(Action<RouterOptions> configure, List<string> order) : IRouterOptionsSetup
    {
        public void Configure(RouterOptions options)
        {
            order.Add("setup");
            configure(options);
        }
    }

    private sealed class OwnClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
