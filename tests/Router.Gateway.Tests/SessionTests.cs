using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Dialects.Anthropic;
using RouterGen.Gateway.Dialects.OpenAIChat;
using RouterGen.Gateway.Dialects.OpenAIResponses;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Tests;

/// <summary>The session that a request belongs to, so that it stays with one deployment and its cache.</summary>
public sealed class SessionTests
{
    [Theory]
    [InlineData("messages", """{"metadata":{"user_id":"user_1f_account_9c_session_abc-1"}}""", null, null, "abc-1")]
    [InlineData("messages", """{"metadata":{"user_id":"{\"device_id\":\"d\",\"session_id\":\"abc-2\"}"}}""", null, null, "abc-2")]
    [InlineData("messages", """{"metadata":{"user_id":"a person"}}""", null, null, null)]
    [InlineData("messages", """{"metadata":{"user_id":"{broken"}}""", null, null, null)]
    [InlineData("messages", """{"metadata":7}""", null, null, null)]
    [InlineData("messages", "{}", "X-Claude-Code-Session-Id", "abc-3", "abc-3")]
    [InlineData("responses", """{"prompt_cache_key":"k"}""", null, null, "k")]
    [InlineData("responses", """{"prompt_cache_key":"k"}""", "session_id", "s", "s")]
    [InlineData("responses", """{"prompt_cache_key":null}""", null, null, null)]
    [InlineData("chat", "{}", "x-session-id", "s", "s")]
    public void It_is_found_where_clients_say_it(string dialect, string body, string? header, string? value, string? session)
    {
        GatewayDialect spoken = dialect switch { "messages" => new AnthropicDialect(), "responses" => new OpenAIResponsesDialect(TimeProvider.System), _ => new OpenAIChatDialect(TimeProvider.System) };
        Assert.Null(RelayedRequest.TryRead(spoken, System.Text.Encoding.UTF8.GetBytes(body), [], out RelayedRequest request));
        var headers = new HeaderDictionary();
        if (header is not null) headers[header] = value;
        Assert.Equal(session, spoken.SessionOf(request, headers));
    }
}
