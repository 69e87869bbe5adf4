using static RouterGen.Generator.Tests.Usage.UsageVerifier<RouterGen.Analyzers.Usage.RouterPerCallAnalyzer>;

namespace RouterGen.Generator.Tests.Usage;

/// <summary>RG0306: a router that lives for one call.</summary>
public class RouterPerCallTests
{
    [Fact]
    public Task It_fires_at_the_creation() => VerifyMembersAsync(
        """public async Task Ask() { var router = {|RG0306:new Router()|}; await router.Own.CompleteAsync("Hello"); }""",
        "A 'Router' is made for each call, and forgets each time which deployments are cooling down, busy or out of quota: make it a singleton, as services.AddRouter() does");

    [Theory]
    [InlineData("""public Task Ask() => {|RG0306:new Router(new RouterOptions())|}.Own.CompleteAsync("Hello");""")]
    [InlineData("""public void Ask() { Router router = {|RG0306:new()|}; Console.WriteLine(router.Own.Name); router.Own.Complete("Hello"); }""")]
    [InlineData("""public void Ask() { var own = {|RG0306:new Router()|}.Own; own.Complete("Hello"); }""")]
    [InlineData("""public void Ask() { foreach (var word in new[] { "a" }) { var router = {|RG0306:new Router()|}; router.Own.Complete(word); } }""")]
    [InlineData("""public Func<Task> Ask() => () => {|RG0306:new Router()|}.Own.GetResponseAsync("Hello");""")]
    public Task It_fires_for_each_way_to_drop_one(string members) => VerifyMembersAsync(members);

    [Fact]
    public Task It_fires_for_a_group_made_by_hand() => VerifyMembersAsync(
        """public Task Ask() => {|RG0306:new Router.OwnGroup(new RouterGen.Infrastructure.RouterContext(null))|}.CompleteAsync("Hello");""");

    [Fact]
    public Task It_fires_in_a_request_handler_of_a_program() => VerifyWholeAsync("""
        Microsoft.AspNetCore.Builder.Routes.MapGet("/", () => {|RG0306:new Router()|}.Own.CompleteAsync("Hello"));

        namespace Microsoft.AspNetCore.Builder
        {
            public static class Routes { public static void MapGet(string route, System.Delegate handler) { } }
        }
        """.Replace("Microsoft.AspNetCore.Builder.Routes.MapGet", "class Startup { static void Main() { Microsoft.AspNetCore.Builder.Routes.MapGet").Replace("\"Hello\"));", "\"Hello\")); } }")
        + DeclaredModels);

    [Theory]
    [InlineData("""Router _router = new(); public Task Ask() => _router.Own.CompleteAsync("Hello");""")]
    [InlineData("""Router? _router; public Task Ask() { _router = new Router(); return _router.Own.CompleteAsync("Hello"); }""")]
    [InlineData("""Router? _router; public Task Ask() { var router = new Router(); _router = router; return router.Own.CompleteAsync("Hello"); }""")]
    [InlineData("""Router? _router; public Task Ask() => (_router ??= new Router()).Own.CompleteAsync("Hello");""")]
    [InlineData("""public Router Make() { var router = new Router(); router.Own.Complete("Warm up"); return router; }""")]
    [InlineData("""public ChatGroup Make() => new Router().Own;""")]
    [InlineData("""public void Ask() { var router = new Router(); router.Own.Complete("Hello"); Keep(router); } void Keep(Router router) { }""")]
    [InlineData("""public void Ask() { var router = new Router(); Func<Task> ask = () => Keep(router.Own); router.Own.Complete("Hello"); } Task Keep(ChatGroup group) => Task.CompletedTask;""")]
    [InlineData("""Lazy<Router> _router = new(() => new Router());""")]
    [InlineData("""public void Show() { var router = new Router(); Console.WriteLine(router.Own.Name); }""")]
    [InlineData("""public Task Ask() => Models.Fast.CompleteAsync("Hello");""")]
    [InlineData("""public Caller() { new Router().Own.Complete("Hello"); }""")]
    [InlineData("""public static async Task Main() { var router = new Router(); await router.Own.CompleteAsync("Hello"); }""")]
    [InlineData("""[Xunit.Fact] public void Answers() => Make(); void Make() { new Router().Own.Complete("Hello"); }""")]
    public Task It_does_not_fire_for_one_that_may_be_kept_or_is_made_once(string members) => VerifyMembersAsync(members);

    [Fact]
    public Task It_does_not_fire_in_a_program() => VerifyProgramAsync("""
        var router = new Router();
        await router.Own.CompleteAsync("Hello");
        await Task.Run(() => new Router().Own.CompleteAsync("Hello"));
        """);

    [Fact]
    public Task It_survives_broken_source() => VerifySurvivesAsync("""public async Task Ask() { var router = new Router(new RouterOptions()); await router.Own.CompleteAsync("Hello"); }""");
}
