using static RouterGen.Generator.Tests.Usage.UsageVerifier<RouterGen.Analyzers.Usage.UnusedGroupAnalyzer>;

namespace RouterGen.Generator.Tests.Usage;

/// <summary>RG0305: a group that nothing uses.</summary>
public class UnusedGroupTests
{
    private const string Internal = """
        [RouterGen.ModelGroup({|RG0305:"idle"|}), RouterGen.Deployment("openai/gpt-4o-mini")]
        static partial class Inner { }

        """;

    private const string Instance = """
        [RouterGen.ModelGroup("idle"), RouterGen.Deployment("openai/gpt-4o-mini")]
        partial class Inner { }

        """;

    private static readonly string Used = Internal.Replace("{|RG0305:", "").Replace("|}", "");

    [Fact]
    public Task It_fires_at_the_group_s_name() => VerifyAsync(Internal, "Model group 'idle' is never used: nothing reads 'Inner.Idle', and no group falls back to it");

    [Fact]
    public Task It_fires_for_an_instance_class_that_is_not_registered() =>
        VerifyAsync(Instance.Replace("\"idle\"", "{|RG0305:\"idle\"|}") + "public class Caller { object router = new Inner(); }");

    [Fact]
    public Task It_fires_for_the_unused_one_of_several() => VerifyAsync("""
        [ModelGroup("one"), Deployment("openai/gpt-4o-mini")]
        static partial class Inner { }
        [ModelGroup({|RG0305:"two"|}), Deployment("openai/gpt-4o-mini")]
        static partial class Inner { }
        public class Caller { object group = Inner.One; }
        """);

    [Theory]
    [InlineData("public class Caller { object group = Inner.Idle; }")]
    [InlineData("public class Caller { string name = nameof(Inner.Idle); }")]
    [InlineData("""public class Caller { public Task Ask() => Inner.Idle.CompleteAsync("Hello"); }""")]
    [InlineData("public class Caller { System.Linq.Expressions.Expression<Func<object>> ask = () => Inner.Idle; }")]
    [InlineData("""[System.CodeDom.Compiler.GeneratedCode("Razor", "1")] public class Page { object group = Inner.Idle; }""")]
    public Task It_does_not_fire_for_one_that_is_read(string user) => VerifyAsync(Used + user);

    [Theory]
    [InlineData("services.AddInner();")]
    [InlineData("Func<Action<RouterOptions>?, IServiceCollection> add = services.AddInner;")]
    public Task It_does_not_fire_for_a_registered_class(string registration) => VerifyWholeAsync(
        "using System; using RouterGen; using Microsoft.Extensions.DependencyInjection;\n" + Instance
        + $$"""public class Startup { public void Add(IServiceCollection services) { {{registration}} } }""");

    [Theory]
    [InlineData("")] // Another class, whose name ends with this one's.
    [InlineData("namespace Shop { [RouterGen.ModelGroup(\"a\"), RouterGen.Deployment(\"openai/gpt-4o\")] public partial class Inner { } }")]
    public Task It_fires_where_another_class_is_registered(string more) => VerifyWholeAsync(
        "using System; using RouterGen; using Microsoft.Extensions.DependencyInjection;\n" + Instance.Replace("\"idle\"", "{|RG0305:\"idle\"|}")
        + (more.Length > 0 ? more : Instance.Replace("Inner", "ShopInner"))
        + "public class Startup { public void Add(IServiceCollection services) => " + (more.Length > 0 ? "Shop." : "") + "ShopInnerServiceCollectionExtensions.AddShopInner(services); }");

    [Fact]
    public Task It_does_not_fire_for_one_of_two_classes_of_a_name_that_is_registered() => VerifyWholeAsync("""
        using Microsoft.Extensions.DependencyInjection;
        namespace Shop { [RouterGen.ModelGroup("a"), RouterGen.Deployment("openai/gpt-4o")] partial class Inner { } }
        namespace Mall { [RouterGen.ModelGroup({|RG0305:"a"|}), RouterGen.Deployment("openai/gpt-4o")] partial class Inner { } }
        [RouterGen.ModelGroup({|RG0305:"a"|}), RouterGen.Deployment("openai/gpt-4o")] partial class Inner { }
        public class Startup { public void Add(IServiceCollection services) => Shop.ShopInnerServiceCollectionExtensions.AddShopInner(services); }
        """);

    [Fact]
    public Task It_does_not_fire_for_a_fallback() => VerifyAsync("""
        [ModelGroup("one", ContextWindowFallbacks = ["two"]), Deployment("openai/gpt-4o-mini")]
        static partial class Inner { }
        [ModelGroup("two"), Deployment("openai/gpt-4o-mini")]
        static partial class Inner { }
        public class Caller { object group = Inner.One; }
        """);

    [Fact]
    public Task It_does_not_fire_for_a_public_class() => VerifyAsync("");

    [Fact]
    public Task It_does_not_fire_for_a_class_that_friends_see() =>
        VerifyWholeAsync("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")]\n" + Used);

    [Fact]
    public Task It_survives_broken_source() => VerifySurvivesAsync("""object group = Models.Fast; object add = Microsoft.Extensions.DependencyInjection.RouterServiceCollectionExtensions.AddRouter(null!);""");
}
