// Drives the official Go SDK: a call on each line of stdin, on stdout the request that the SDK sends. Its hashes
// cannot be watched from outside; the signature covers them all.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

type call struct {
	Form, Method                     string
	Credential                       struct{ SecretId, SecretKey, Token string }
	Service, Host, Region            string
	Action, Version                  string
	Timestamp, Nonce                 int64
	Language, RequestClient, TraceId string
	Params                           json.RawMessage
	Model                            bool
	Body                             []byte
	Headers                          map[string]string
}

func (c call) older() bool {
	return strings.HasPrefix(c.Form, "Hmac")
}

// model is a request as the SDK's generated packages declare one; untyped parameters are lost in a GET.
type model struct {
	*tchttp.BaseRequest

	Text    *string   `json:"Text,omitnil,omitempty" name:"Text"`
	Count   *int64    `json:"Count,omitnil,omitempty" name:"Count"`
	Size    *uint64   `json:"Size,omitnil,omitempty" name:"Size"`
	Ratio   *float64  `json:"Ratio,omitnil,omitempty" name:"Ratio"`
	Flag    *bool     `json:"Flag,omitnil,omitempty" name:"Flag"`
	Names   []*string `json:"Names,omitnil,omitempty" name:"Names"`
	Numbers []*int64  `json:"Numbers,omitnil,omitempty" name:"Numbers"`
	Filters []*filter `json:"Filters,omitnil,omitempty" name:"Filters"`
	Filter  *filter   `json:"Filter,omitnil,omitempty" name:"Filter"`

	// With the older signatures these take the place of the clock's and of a random one.
	Timestamp *string `json:"-" name:"Timestamp"`
	Nonce     *string `json:"-" name:"Nonce"`
}

type filter struct {
	Name   *string   `json:"Name,omitnil,omitempty" name:"Name"`
	Values []*string `json:"Values,omitnil,omitempty" name:"Values"`
}

// observed is what would have been sent.
type observed struct {
	Method  string            `json:"method"`
	Url     string            `json:"url"`
	Headers map[string]string `json:"headers"`
	Body    []byte            `json:"body"`
}

// RoundTrip takes the place of the network.
func (o *observed) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	*o = observed{request.Method, request.URL.String(), map[string]string{"host": request.Host}, body}
	for name := range request.Header {
		o.Headers[strings.ToLower(name)] = request.Header.Get(name)
	}
	return &http.Response{
		StatusCode: http.StatusOK,
		Header:     http.Header{"Content-Type": {"application/json"}},
		Body:       io.NopCloser(strings.NewReader(`{"Response":{}}`)),
		Request:    request,
	}, nil
}

func (c call) client(network http.RoundTripper) *common.Client {
	p := profile.NewClientProfile()
	p.HttpProfile.ReqMethod = c.Method
	p.HttpProfile.Endpoint = c.Host
	p.Language = c.Language
	p.UnsignedPayload = c.Form == "unsigned-payload"
	if c.older() {
		p.SignMethod = c.Form
	}
	who := c.Credential
	credential := common.NewTokenCredential(who.SecretId, who.SecretKey, who.Token)
	client := common.NewCommonClient(credential, c.Region, p).WithHttpTransport(network)
	if c.RequestClient != "" {
		client.WithRequestClient(c.RequestClient)
	}
	return client
}

func (c call) request() (tchttp.Request, error) {
	timestamp := strconv.FormatInt(c.Timestamp, 10)
	headers := map[string]string{"X-TC-TraceId": c.TraceId}
	if !c.older() {
		headers["X-TC-Timestamp"] = timestamp
	}
	if !c.Model {
		request := tchttp.NewCommonRequest(c.Service, c.Version, c.Action)
		if c.Form == "octet-stream" {
			for name, value := range c.Headers {
				headers[name] = value
			}
			request.SetOctetStreamParameters(headers, c.Body)
			return request, nil
		}
		request.SetHeader(headers)
		return request, request.SetActionParameters([]byte(c.Params))
	}
	request := &model{BaseRequest: &tchttp.BaseRequest{}}
	request.Init().WithApiInfo(c.Service, c.Version, c.Action)
	request.SetHeader(headers)
	if c.older() {
		nonce := strconv.FormatInt(c.Nonce, 10)
		request.Timestamp, request.Nonce = &timestamp, &nonce
	}
	return request, json.Unmarshal(c.Params, request)
}

func (c call) send() (sent observed, err error) {
	request, err := c.request()
	if err != nil {
		return
	}
	request.SetSkipSign(c.Form == "skip-sign")
	err = c.client(&sent).Send(request, tchttp.NewCommonResponse())
	return
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return
		}
		var next call
		if err == nil {
			err = json.Unmarshal(line, &next)
		}
		var sent observed
		if err == nil {
			sent, err = next.send()
		}
		if err == nil {
			err = answers.Encode(sent)
		}
		if err != nil {
			log.Fatal(err)
		}
	}
}
