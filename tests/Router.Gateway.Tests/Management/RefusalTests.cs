using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Management;

/// <summary>What cannot be taken is refused with what is wrong, and nothing is written.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("""{"models":"chat"}""", "models: must be an array of texts.")]
    [InlineData("""{"models":[1]}""", "models: must be an array of texts.")]
    [InlineData("""{"max_budget":-1}""", "max_budget: must be USD from 0.")]
    [InlineData("""{"max_budget":"a lot"}""", "max_budget: must be a number.")]
    [InlineData("""{"max_budget":1e400}""", "max_budget: must be a number.")]
    [InlineData("""{"rpm_limit":1.5}""", "rpm_limit: must be a whole number from 0.")]
    [InlineData("""{"budget_duration":"soon"}""", "budget_duration: must be a number with s, m, h, d, w or mo, such as 30d.")]
    [InlineData("""{"duration":"0d"}""", "duration: must be a number with s, m, h, d, w or mo, such as 30d.")]
    [InlineData("""{"metadata":[]}""", "metadata: must be an object.")]
    [InlineData("""{"blocked":"yes"}""", "blocked: must be true or false.")]
    [InlineData("""{"key_alias":"a\u0000b"}""", "key_alias: must have no control characters.")]
    [InlineData("""{"team_id":"none"}""", "team_id: there is no such team. Make it with /team/new.")]
    [InlineData("""{"budget_id":"none"}""", "budget_id: there is no such budget. Make it with /budget/new.")]
    [InlineData("""{"key":"sk-short"}""", "key: must begin with sk- and have at least 16 characters, of ASCII and without spaces. Leave it out for one that cannot be guessed.")]
    [InlineData("""{"model_max_budget":{"gpt-4":{"budget_limit":"1"}}}""", "model_max_budget: is not served here, so that what it limits would not hold. Leave it out.")]
    [InlineData("""{"guardrails":["pii"]}""", "guardrails: is not served here, so that what it limits would not hold. Leave it out.")]
    [InlineData("""{"key_type":"management"}""", "key_type: keys are for models here ('default' or 'llm_api'); only the master key manages.")]
    [InlineData("""["models"]""", "The body must be a JSON object.")]
    [InlineData("""{"models":""", "The body is not valid JSON: line 1, byte 11.")]
    public async Task A_key_is_not_made(string body, string message)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        JsonNode error = (await world.ManageAsync("/key/generate", body, 400))["error"]!;
        Assert.Equal((message, "invalid_request_error"), ((string)error["message"]!, (string)error["type"]!));
        Assert.Equal(0, (int)(await world.ReadAsync("/key/list"))["total_count"]!);
    }

    [Theory]
    [InlineData("/key/update", """{"key":"sk-none-that-there-is"}""", 404)]
    [InlineData("/key/update", """{}""", 400)]
    [InlineData("/key/delete", """{"keys":["sk-none-that-there-is"]}""", 404)]
    [InlineData("/key/delete", """{}""", 400)]
    [InlineData("/key/block", """{"key":"no key and no hash"}""", 404)]
    [InlineData("/key/regenerate", """{}""", 400)]
    [InlineData("/key/sk-none-that-there-is/reset_spend", """{}""", 404)]
    [InlineData("/team/update", """{"team_id":"none"}""", 404)]
    [InlineData("/team/delete", """{"team_ids":["none"]}""", 404)]
    [InlineData("/team/member_add", """{"team_id":"none","member":{"user_id":"u"}}""", 404)]
    [InlineData("/user/update", """{"user_id":"none"}""", 404)]
    [InlineData("/user/delete", """{"user_ids":[]}""", 400)]
    [InlineData("/budget/update", """{"budget_id":"none"}""", 404)]
    [InlineData("/budget/delete", """{"id":"none"}""", 404)]
    [InlineData("/budget/info", """{"budgets":[]}""", 400)]
    public async Task What_is_not_there_is_not_changed(string path, string body, int status)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync(path, body, status);
    }

    [Theory]
    [InlineData("/key/info", 400)]
    [InlineData("/key/info?key=sk-none-that-there-is", 404)]
    [InlineData("/key/list?page=0", 400)]
    [InlineData("/team/info?team_id=none", 404)]
    [InlineData("/user/info", 400)]
    [InlineData("/spend/logs?start_date=someday", 400)]
    [InlineData("/global/spend/report", 400)]
    [InlineData("/global/spend/report?start_date=2026-01-01&end_date=2026-01-02&group_by=color", 400)]
    public async Task What_is_not_there_is_not_read(string path, int status)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ReadAsync(path, status);
    }

    [Fact]
    public async Task What_there_is_already_is_not_made_again()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/team/new", """{"team_id":"t","max_budget":1}""");
        await world.ManageAsync("/team/new", """{"team_id":"t"}""", 409);
        await world.ManageAsync("/user/new", """{"user_id":"u"}""");
        await world.ManageAsync("/user/new", """{"user_id":"u"}""", 409);
        await world.ManageAsync("/budget/new", """{"budget_id":"b"}""");
        await world.ManageAsync("/budget/new", """{"budget_id":"b"}""", 409);
        await world.KeyAsync("""{"key":"sk-a-key-of-my-own","key_alias":"a"}""");
        await world.ManageAsync("/key/generate", """{"key":"sk-a-key-of-my-own"}""", 409);
        await world.ManageAsync("/key/generate", """{"key_alias":"a"}""", 400);
        Assert.Equal(1, (decimal)(await world.ReadAsync("/team/info?team_id=t"))["team_info"]!["max_budget"]!);
    }

    [Fact]
    public async Task Changes_side_by_side_are_all_made()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync();
        await Task.WhenAll(
            world.ManageAsync("/key/update", $$"""{"key":"{{key}}","rpm_limit":7}"""),
            world.ManageAsync("/key/update", $$"""{"key":"{{key}}","tpm_limit":8}"""),
            world.ManageAsync("/key/update", $$"""{"key":"{{key}}","max_budget":9}"""));
        JsonNode info = (await world.ReadAsync($"/key/info?key={key}"))["info"]!;
        Assert.Equal((7, 8, 9), ((int)info["rpm_limit"]!, (int)info["tpm_limit"]!, (int)info["max_budget"]!));
    }

    [Fact]
    public async Task Keys_are_made_of_the_chance_that_is_given()
    {
        await using KeyWorld world = await KeyWorld.StartAsync(configure: static options => options.Keys.Chance = static bytes => bytes.AsSpan().Fill(7));
        Assert.Equal("sk-BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc", await world.KeyAsync());
    }
}
