/** The key pair of the tests; secrets.test.ts runs them with one that it can search for. */

const { TC3_EDGE_TEST_KEY, TC3_EDGE_TEST_TOKEN } = process.env;

export const credential = { secretId: "test-id", secretKey: TC3_EDGE_TEST_KEY ?? "test-key" };

/** Of temporary credentials. */
export const token: string = TC3_EDGE_TEST_TOKEN ?? "test-token";
