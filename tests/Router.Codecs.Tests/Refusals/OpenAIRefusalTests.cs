using System.Text;
using RouterGen.Codecs.Tests.OpenAIChat;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Refusals;

/// <summary>What providers of the OpenAI dialect answer, in the forms that they have, and whose fault each is.</summary>
public class OpenAIRefusalTests
{
    private const FailureKind Request = FailureKind.InvalidRequest, AtModel = FailureKind.Unsupported, Window = FailureKind.ContextWindowExceeded, Model = FailureKind.ModelNotFound;
    private const FailureKind Key = FailureKind.AuthenticationFailed, Quota = FailureKind.QuotaExhausted, Permission = FailureKind.PermissionDenied, Filter = FailureKind.ContentFiltered;

    [Theory]
    // OpenAI.
    [InlineData(400, """{"error":{"message":"Unsupported parameter: 'temperature' is not supported with this model.","type":"invalid_request_error","param":"temperature","code":"unsupported_parameter"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Unsupported value: 'temperature' does not support 0.1 with this model. Only the default (1) value is supported.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Invalid value: 'xhigh'. Supported values are: 'low', 'medium', and 'high'.","type":"invalid_request_error","param":"reasoning_effort","code":"invalid_value"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Invalid value: 'tool2'. Supported values are: 'system', 'user'.","type":"invalid_request_error","param":"messages[1].role","code":"invalid_value"}}""", Request)]
    [InlineData(400, """{"error":{"message":"Invalid content type. image_url is only supported by certain models.","type":"invalid_request_error","param":"messages.[0].content.[0].type","code":null}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Unknown parameter: 'top_k'.","type":"invalid_request_error","param":"top_k","code":"unknown_parameter"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Unrecognized request argument supplied: cache_control","type":"invalid_request_error","param":null,"code":null}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Invalid 'max_tokens': integer above maximum value. Expected a value <= 16384, but got 100000 instead.","type":"invalid_request_error","param":"max_tokens","code":"integer_above_max_value"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Invalid 'tools': array too long. Expected an array with maximum length 128.","type":"invalid_request_error","param":"tools","code":"array_above_max_length"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Invalid schema for response_format 'answer': In context=(), 'additionalProperties' is required to be supplied and to be false.","type":"invalid_request_error","param":"response_format","code":null}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.","type":"invalid_request_error","param":"tools[0].function.name","code":"invalid_value"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Your organization must be verified to stream this model.","type":"invalid_request_error","param":"stream","code":"unsupported_value"}}""", AtModel)]
    [InlineData(404, """{"error":{"message":"This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?","type":"invalid_request_error","param":"model","code":null}}""", Model)]
    [InlineData(404, """{"error":{"message":"The model `gpt-x` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}""", Model)]
    [InlineData(400, """{"error":{"message":"The model `gpt-x` does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":null}}""", Model)]
    [InlineData(404, """{"error":{"message":"The model `gpt-4-vision-preview` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations","type":"invalid_request_error","param":null,"code":"model_not_found"}}""", Model)]
    [InlineData(403, """{"error":{"message":"Project `p` does not have access to model `m`","type":"invalid_request_error","param":null,"code":"model_not_found"}}""", Model)]
    [InlineData(403, """{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported","param":null,"type":"request_forbidden"}}""", Permission, FailureScope.Key)]
    [InlineData(403, """{"error":{"message":"You have insufficient permissions for this operation. Missing scopes: model.request.","type":"invalid_request_error","param":null,"code":null}}""", Permission)]
    [InlineData(401, """{"error":{"message":"Your authentication token is not from a valid issuer.","type":"invalid_request_error","param":null,"code":"invalid_issuer"}}""", Key)]
    [InlineData(400, """{"error":{"message":"Invalid prompt: your prompt was flagged as potentially violating our usage policy.","type":"invalid_request_error","param":null,"code":"invalid_prompt"}}""", Filter)]
    [InlineData(400, """{"error":{"message":"We could not parse the JSON body of your request.","type":"invalid_request_error","param":null,"code":null}}""", Request)]
    [InlineData(400, """{"error":{"message":"Missing required parameter: 'messages[0].role'.","type":"invalid_request_error","param":"messages[0].role","code":"missing_required_parameter"}}""", Request)]
    [InlineData(400, """{"error":{"message":"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.","type":"invalid_request_error","param":"messages.[3].role","code":null}}""", Request)]
    [InlineData(400, """{"error":{"message":"Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.","type":"invalid_request_error","param":"messages.[1].role","code":null}}""", Request)]
    [InlineData(402, """{"error":{"message":"This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford 3000.","code":402}}""", AtModel)]
    [InlineData(404, """{"error":{"message":"Item with id 'rs_1' not found. Items are not persisted when `store` is set to false.","type":"invalid_request_error","param":"input","code":null}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Previous response with id 'resp_1' not found.","type":"invalid_request_error","param":"previous_response_id","code":"previous_response_not_found"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Item 'rs_1' of type 'reasoning' was provided without its required following item.","type":"invalid_request_error","param":"input","code":null}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"The encrypted content gAAA could not be verified. Reason: Encrypted content could not be decrypted or parsed.","type":"invalid_request_error","param":null,"code":"invalid_encrypted_content"}}""", AtModel)]
    // Azure.
    [InlineData(404, """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."}}""", Model)]
    [InlineData(400, """{"error":{"code":"OperationNotSupported","message":"The chatCompletion operation does not work with the specified model, text-embedding-3-small."}}""", Model)]
    [InlineData(403, """{"error":{"code":"403","message":"Access denied due to Virtual Network/Firewall rules."}}""", Permission, FailureScope.Key)]
    // OpenRouter.
    [InlineData(404, """{"error":{"message":"No endpoints found that support tool use. Try disabling \"question\". To learn more about provider routing, visit the documentation","code":404}}""", AtModel)]
    [InlineData(404, """{"error":{"message":"No endpoints found that support image input","code":404}}""", AtModel)]
    [InlineData(404, """{"error":{"message":"No endpoints found that support the provided 'tool_choice' value.","code":404}}""", AtModel)]
    [InlineData(404, """{"error":{"message":"No endpoints found that can handle the requested parameters.","code":404}}""", AtModel)]
    [InlineData(404, """{"error":{"message":"No endpoints found matching your data policy. Enable prompt training here: https://openrouter.ai/settings/privacy","code":404}}""", AtModel)]
    [InlineData(404, """{"error":{"message":"No endpoints available matching your guardrail restrictions and data policy.","code":404}}""", AtModel)]
    [InlineData(404, """{"error":{"message":"No endpoints found for nousresearch/hermes-3-llama-3.1-405b:free.","code":404}}""", Model)]
    [InlineData(400, """{"error":{"message":"some/model is not a valid model ID","code":400}}""", Model)]
    [InlineData(403, """{"error":{"message":"Key limit exceeded (total limit). Manage it in the settings","code":403}}""", Quota)]
    [InlineData(402, """{"error":{"message":"Insufficient credits. This account never purchased credits.","code":402}}""", Quota)]
    [InlineData(400, """{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\"error\":{\"message\":\"Unsupported parameter: 'stop' is not supported with this model.\",\"code\":\"unsupported_parameter\"}}","provider_name":"OpenAI"}}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"This model's maximum context length is 8192 tokens.","provider_name":"X"}}}""", Window)]
    // Groq.
    [InlineData(413, """{"error":{"message":"Request too large for model `openai/gpt-oss-120b` in organization `o` service tier `on_demand` on tokens per minute (TPM): Limit 8000, Requested 8590, please reduce your message size and try again.","type":"tokens","code":"rate_limit_exceeded"}}""", AtModel)]
    [InlineData(429, """{"error":{"message":"Rate limit reached for model `m` in organization `o` on tokens per minute (TPM): Limit 6000, Used 5900, Requested 300.","type":"tokens","code":"rate_limit_exceeded"}}""", FailureKind.RateLimited)]
    [InlineData(400, """{"error":{"message":"`reasoning_effort` is not supported with this model","type":"invalid_request_error"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"'messages.1' : for 'role:user' the following must be satisfied[('messages.1' : property 'tool_calls' is unsupported, did you mean 'tool_call_id'?)]","type":"invalid_request_error"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"'tools' : maximum number of items is 128","type":"invalid_request_error"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Failed to call a function. Please adjust your prompt.","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"<x>"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"Organization has been restricted. Please reach out to support.","type":"invalid_request_error","code":"organization_restricted"}}""", Key)]
    [InlineData(498, """{"error":{"message":"Capacity exceeded","type":"capacity"}}""", FailureKind.Overloaded)]
    // Mistral.
    [InlineData(400, """{"object":"error","message":"Tool call id was call_0fypS1hVX but must be a-z, A-Z, 0-9, with a length of 9.","type":"invalid_function_call","param":null,"code":"3280"}""", AtModel)]
    [InlineData(400, """{"object":"error","message":"Tool call id was abc but must be a-z, A-Z, 0-9, with a length of 9.","type":"invalid_request_error","param":null,"code":null}""", AtModel)]
    [InlineData(400, """{"object":"error","message":"Invalid model: mistral-x","type":"invalid_model","param":null,"code":"1500"}""", Model)]
    [InlineData(400, """{"object":"error","message":"Expected last role User or Tool for serving but got assistant","type":"invalid_request_message_order","param":null,"code":"3230"}""", Request)]
    [InlineData(422, """{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted","input":3}]},"type":"invalid_request_error","param":null,"code":null}""", AtModel)]
    [InlineData(422, """{"detail":[{"type":"literal_error","loc":["body","reasoning_effort"],"msg":"Input should be 'high' or 'none'","input":"low"}]}""", AtModel)]
    [InlineData(422, """{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required"}]}""", Request)]
    [InlineData(422, """{"detail":[{"type":"literal_error","loc":["body","messages",0,"role"],"msg":"Input should be 'user'"}]}""", Request)]
    [InlineData(401, """{"detail":"Unauthorized"}""", Key)]
    // Google.
    [InlineData(400, """[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}]""", Key)]
    [InlineData(400, """[{"error":{"code":400,"message":"Localized text.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]""", Key)]
    [InlineData(400, """{"error":{"message":"{\n \"error\": {\n \"code\": 400,\n \"message\": \"API key not valid. Please pass a valid API key.\",\n \"status\": \"INVALID_ARGUMENT\"}}","code":400,"status":"Bad Request"}}""", Key)]
    [InlineData(400, """{"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}""", Permission, FailureScope.Key)]
    [InlineData(403, """{"error":{"code":403,"message":"Your API key was reported as leaked. Please use another API key.","status":"PERMISSION_DENIED"}}""", Key)]
    [InlineData(403, """{"error":{"code":403,"message":"Permission denied on resource.","status":"PERMISSION_DENIED"}}""", Permission)]
    [InlineData(404, """{"error":{"code":404,"message":"models/gemini-1 is not found for API version v1main, or is not supported for generateContent.","status":"NOT_FOUND"}}""", Model)]
    [InlineData(400, """{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}""", Window)]
    [InlineData(400, """{"error":{"code":400,"message":"Function call is missing a thought_signature in functionCall parts.","status":"INVALID_ARGUMENT"}}""", AtModel)]
    [InlineData(429, """{"error":{"code":429,"message":"You exceeded your current quota. * Quota exceeded for metric: free_tier_requests, limit: 0, model: gemini-x","status":"RESOURCE_EXHAUSTED"}}""", Quota, FailureScope.Model)]
    [InlineData(429, """{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},{"retryDelay":"40s"}]}}""", Quota, FailureScope.Model)]
    [InlineData(429, """{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel"}]}]}}""", FailureKind.RateLimited)]
    [InlineData(503, """{"error":{"code":503,"message":"The model is overloaded. Please try again later.","status":"UNAVAILABLE"}}""", FailureKind.Overloaded)]
    // DeepSeek.
    [InlineData(402, """{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}""", Quota)]
    [InlineData(400, """{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}""", Quota)]
    [InlineData(400, """{"error":{"message":"Model Not Exist","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}""", Model)]
    [InlineData(400, """{"error":{"message":"Content Exists Risk","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}""", Filter)]
    [InlineData(400, """{"error":{"message":"deepseek-reasoner does not support this tool_choice","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"The reasoning_content in the thinking mode must be passed back to the API.","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}""", AtModel)]
    // xAI: the code is a sentence, the error a text.
    [InlineData(400, """{"code":"Client specified an invalid argument","error":"Argument not supported on this model: presencePenalty"}""", AtModel)]
    [InlineData(400, """{"code":"Client specified an invalid argument","error":"Model grok-4.6 does not support parameter presencePenalty."}""", AtModel)]
    [InlineData(400, """{"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***yz. You can obtain an API key from https://console.x.ai."}""", Key)]
    [InlineData(404, """{"code":"Some requested entity was not found","error":"The model grok-beta does not exist or your team t does not have access to it."}""", Model)]
    [InlineData(403, """{"code":"The caller does not have permission to execute the specified operation","error":"Your newly created team doesn't have any credits or licenses yet."}""", Quota)]
    [InlineData(429, """{"code":"Some resource has been exhausted","error":"Your team t has either used all available credits or reached its monthly spending limit."}""", Quota)]
    [InlineData(403, """{"code":"The caller does not have permission to execute the specified operation","error":"Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO"}""", Filter)]
    // Others.
    [InlineData(400, """{"id":"o","error":{"message":"Unable to access non-serverless model a/b. Please visit https://api.together.ai to create a dedicated endpoint.","type":"invalid_request_error","param":null,"code":"model_not_available"}}""", Model)]
    [InlineData(403, """{"error":{"message":"Input token count + max_tokens parameter must be less than the context length of the model being queried.","type":"invalid_request_error"}}""", Window)]
    [InlineData(404, """{"error":{"object":"error","type":"invalid_request_error","code":"NOT_FOUND","message":"Model not found, inaccessible, and/or not deployed"}}""", Model)]
    [InlineData(401, """{"message":"Wrong API Key","type":"invalid_request_error","param":"api_key","code":"wrong_api_key"}""", Key)]
    [InlineData(404, """{"message":"Model x does not exist or you do not have access to it.","type":"not_found_error","param":"model","code":"model_not_found"}""", Model)]
    [InlineData(400, """{"error":{"message":"The requested model 'a/b' is not supported by any provider you have enabled.","type":"invalid_request_error","param":"model","code":"model_not_supported"}}""", Model)]
    [InlineData(400, """{"error":{"message":"The requested model 'a/b' is not supported by any provider you have enabled."}}""", Model)]
    [InlineData(400, """{"error":{"message":"Invalid model 'sonar-x'. Permitted models can be found in the documentation.","type":"invalid_model","code":400}}""", Model)]
    [InlineData(429, """{"error":{"message":"The engine is currently overloaded, please try again later","type":"engine_overloaded_error"}}""", FailureKind.Overloaded)]
    [InlineData(429, """{"error":{"message":"Your account is suspended, please check your plan and billing details","type":"exceeded_current_quota_error"}}""", Quota)]
    [InlineData(400, """{"error":{"message":"invalid temperature: only 1 is allowed for this model","type":"invalid_request_error"}}""", AtModel)]
    [InlineData(400, """{"error":{"message":"The request was rejected because it was considered high risk","type":"content_filter"}}""", Filter)]
    [InlineData(400, """{"error":{"message":"Access denied, please make sure your account is in good standing.","type":"Arrearage","param":null,"code":"Arrearage"}}""", Quota)]
    [InlineData(400, """{"error":{"message":"<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]","type":"invalid_request_error","param":null,"code":"invalid_parameter_error"}}""", Window)]
    [InlineData(429, """{"error":{"code":"1113","message":"Insufficient balance or no resource package. Please recharge."}}""", Quota)]
    [InlineData(400, """{"error":{"code":"1211","message":"Unknown Model, please check the model code."}}""", Model)]
    [InlineData(404, """{"message":"model 'command-x' not found, make sure the correct model ID was used and that you have access to the model."}""", Model)]
    [InlineData(400, """{"error":{"message":"registry.ollama.ai/library/gemma:2b does not support tools","type":"api_error","param":null,"code":null}}""", AtModel)]
    [InlineData(404, """{"error":{"message":"model 'llama9' not found, try pulling it first","type":"api_error","param":null,"code":null}}""", Model)]
    [InlineData(400, """{"object":"error","message":"Qwen/Qwen3-8B is not a multimodal model","type":"BadRequestError","param":null,"code":400}""", AtModel)]
    [InlineData(400, """{"object":"error","message":"\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set","type":"BadRequestError","param":null,"code":400}""", AtModel)]
    [InlineData(400, """{"object":"error","message":"At most 1 image(s) may be provided in one request.","type":"BadRequestError","param":null,"code":400}""", AtModel)]
    [InlineData(400, """{"object":"error","message":"Conversation roles must alternate user/assistant/user/assistant/...","type":"BadRequestError","param":null,"code":400}""", Request)]
    [InlineData(500, """{"error":{"code":500,"message":"image input is not supported - hint: if this is unexpected, you may need to provide the mmproj","type":"server_error"}}""", AtModel)]
    // Firewalls and proxies.
    [InlineData(403, "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body>Sorry, you have been blocked</body></html>", AtModel)]
    [InlineData(403, "\n <html>\r\n<head><title>403 Forbidden</title></head></html>", AtModel)]
    [InlineData(403, "error code: 1020", AtModel)]
    [InlineData(406, "<html><body>Not Acceptable! Mod_Security</body></html>", AtModel)]
    [InlineData(413, "<html><head><title>413 Request Entity Too Large</title></head></html>", AtModel)]
    [InlineData(401, "<html><head><title>401 Authorization Required</title></head></html>", Key)]
    [InlineData(404, "<html><head><title>404 Not Found</title></head></html>", Model)]
    [InlineData(429, "<html>Too many requests</html>", FailureKind.RateLimited)]
    [InlineData(503, "<html>Just a moment...</html>", FailureKind.Overloaded)]
    public void Each_means_what_it_says(int status, string body, FailureKind kind, FailureScope? scope = null)
    {
        AttemptFailure failure = Read(status, body);
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(scope ?? new AttemptFailure(kind, "").Scope, failure.Scope);
        Assert.Equal(status, failure.StatusCode);
    }

    /// <summary>A message may hold what the caller wrote: nothing in it blames the deployment, the model or the key.</summary>
    [Theory]
    [InlineData("Invalid value: 'is not supported with this model'.", Request)]
    [InlineData("Invalid value: \"This model does not support temperature\".", Request)]
    [InlineData("Invalid value: 'The model x does not exist'.", Request)]
    [InlineData("Invalid value: 'Insufficient Balance'.", Request)]
    [InlineData("messages[0].content: The model `x` does not exist", Request)]
    [InlineData("Cannot read the text: Incorrect API key provided, Insufficient Balance, Model Not Exist", Request)]
    [InlineData("Bad text near 'it's the user's own: your API key is blocked' in messages[0]", Request)]
    [InlineData("Bad text near 'this model is not suppor", Request)]
    [InlineData("Input text: Your newly created team doesn't have any credits", Request)]
    [InlineData("Bad content: No endpoints found for it", Request)]
    [InlineData("The model could not answer: rate limit, quota, overloaded", Request)]
    public void What_a_message_quotes_decides_nothing(string message, FailureKind kind) =>
        Assert.Equal(kind, Read(400, $$$"""{"error":{"message":{{{System.Text.Json.JsonSerializer.Serialize(message)}}},"type":"invalid_request_error"}}""").Kind);

    [Theory]
    [InlineData(400, """{"error":{"message":"Something new.","code":"something_new"}}""", true)]
    [InlineData(403, """{"error":{"message":"Something new."}}""", true)]
    [InlineData(404, """{"error":{"message":"Something new."}}""", true)]
    [InlineData(418, "", true)]
    [InlineData(401, """{"error":{"message":"Something new."}}""", false)]
    [InlineData(500, "", false)]
    [InlineData(429, "", false)]
    [InlineData(302, "", false)]
    [InlineData(400, """{"error":{"message":"Something new.","code":"unsupported_value"}}""", false)]
    public void What_no_row_knows_is_marked(int status, string body, bool isUnrecognized) => Assert.Equal(isUnrecognized, Read(status, body).IsUnrecognized);

    [Theory]
    [InlineData("""{"error":{"message":"Unsupported parameter: 'stop' is not supported with this model.","code":"unsupported_parameter"}}""", AtModel, null, false)]
    [InlineData("""{"error":{"message":"No endpoints found that support image input","code":404}}""", AtModel, 404, false)]
    [InlineData("""{"error":{"message":"Overloaded","code":529}}""", FailureKind.Overloaded, 529, false)]
    [InlineData("""{"error":{"message":"Forbidden","code":403}}""", Permission, 403, true)]
    [InlineData("""{"error":{"message":"The input is too long.","type":"invalid_request_error"}}""", Window, null, false)]
    [InlineData("""{"error":{"message":"x","status":"UNAVAILABLE"}}""", FailureKind.Overloaded, null, false)]
    [InlineData("""{"error":{"message":"Something new."}}""", FailureKind.InvalidResponse, null, true)]
    public void An_error_inside_a_success_is_read_by_the_same_rows(string body, FailureKind kind, int? status, bool isUnrecognized)
    {
        AttemptFailure whole = OpenAIWire.NoReply(body);
        Assert.Equal((kind, status, isUnrecognized), (whole.Kind, whole.StatusCode, whole.IsUnrecognized));
        OpenAIWire.Codec.StartStream(OpenAIWire.Asked).Read([], Encoding.UTF8.GetBytes(body), out _, out AttemptFailure? streamed);
        Assert.Equal((kind, status, isUnrecognized), (streamed!.Kind, streamed.StatusCode, streamed.IsUnrecognized));
    }

    [Theory]
    [InlineData("no quotes", "no quotes")]
    [InlineData("it doesn't end", "it doesn't end")]
    [InlineData("a 'b' c", "a  c")]
    [InlineData("a \"b's c\" d", "a  d")]
    [InlineData("'it's mine' d", " d")]
    [InlineData("a 'cut", "a ")]
    [InlineData("", "")]
    [InlineData("'", "")]
    [InlineData(null, null)]
    public void Quotations_are_taken_out(string? message, string? words) => Assert.Equal(words, CodecRefusals.Unquoted(message));

    private static AttemptFailure Read(int status, string body) => OpenAIWire.Codec.ReadError(status, Encoding.UTF8.GetBytes(body));
}
